"""What a server gave in place of a profile: an error, a captcha, a question about cookies, a login.

A page is looked at like this only when no publication was found on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pubtools import patterns
from pubtools.page import Page

# A barrier is short: so many characters, if it says once or if it says more than once what it is.
_SHORT, _LONGER = 1500, 4000
# It says so in a short line; in a paragraph the same words are somebody's subject.
_LONGEST_LINE = 250


@dataclass(frozen=True, slots=True)
class Barrier:
    """What stands there in place of a profile, and what the user can do."""

    what: str
    hint: str


# What these pages say, in the languages of the large search engines and of the common servers' own messages.
# Spaces around a bar part phrases.
_PHRASES: tuple[tuple[Barrier, str], ...] = (
    (
        Barrier("a captcha", "open the address in a browser, prove to be human, and save the page again"),
        r"""
        unusual traffic | automated (?:queries|requests) | (?:not|n't) (?:be )?a robot | \bcaptcha\b
        | are you (?:a )?human | verify (?:that )?you are (?:a )?human
        | checking (?:if the site connection|your browser) | ddos protection by
        | (?:prove|confirm) (?:that )?you(?:'re| are) (?:a )?human | security check to access | kein roboter
        | ungewöhnlichen datenverkehr | pas un robot | trafic (?:inhabituel|exceptionnel) | no (?:eres|soy) un robot
        | tráfico inusual | não (?:é|sou) um robô | tráfego incomum | non sono un robot
        | traffico (?:insolito|anomalo) | geen robot | nie jestem robotem | не робот | необычный трафик
        | ロボットではありません | 通常と異なるトラフィック | 不是机器人 | 人机验证 | 验证码 | 异常流量
        | 로봇이 아닙니다
        """,
    ),
    (
        Barrier("an error page", "check the address, or save the page again later"),
        r"""
        page (?:was |could |can )?not (?:be )?found | page (?:you .{1,40} )?(?:no longer exists|does ?n[o']t exist)
        | (?:error|http) 4\d\d | ^4\d\d$ | (?:403 )?forbidden$ | access (?:is )?denied | 404 not found
        | internal server error | bad gateway | gateway time-?out | service (?:temporarily )?unavailable
        | too many requests | can't perform the operation | (?:please )?try again later | the requested url
        | site can(?:'t|not) be reached | seite (?:wurde )?(?:leider )?nicht gefunden | zugriff verweigert
        | page introuvable | page n'existe (?:pas|plus) | accès (?:refusé|interdit)
        | página no (?:encontrada|existe) | acceso denegado | página não (?:encontrada|existe) | acesso negado
        | pagina non (?:trovata|esiste) | accesso negato | pagina (?:is )?niet gevonden
        | sidan (?:kunde inte hittas|finns inte) | nie znaleziono (?:strony)? | strona nie istnieje
        | страница не (?:найдена|существует) | доступ запрещ[её]н | ページが見つかりません | お探しのページ
        | 页面不存在 | 找不到(?:该)?页面 | 无法找到 | 拒绝访问 | 페이지를 찾을 수 없습니다
        """,
    ),
    (
        Barrier("a page that shows nothing without JavaScript", "open it in a browser and copy or save what it shows"),
        r"""
        (?:enable|requires?|needs?|turn on|without) javascript
        | javascript (?:is|was|to be) (?:disabled|turned off|required|enabled) | javascript .{0,30}aktivier
        | activer? (?:le )?javascript | (?:habilit|activ|active|ative|abilit)\w* (?:o |el |il )?javascript
        | schakel javascript | włącz(?:yć)? (?:obsługę )?javascript | включит[еь] javascript | javascript ?を有効
        | (?:启用|开启) ?javascript
        """,
    ),
    (
        Barrier("a login page", "log in with a browser and save the page that comes then"),
        r"""
        (?:log|sign) ?in to (?:continue|view|see|access|your) | (?:must|have to|need to) (?:be logged|log|sign) in
        | please (?:log|sign) in | (?:forgot|forgotten|reset) (?:your |my )?password | passwort vergessen
        | bitte (?:melden|loggen) sie sich | mot de passe oublié | veuillez vous (?:connecter|identifier)
        | (?:olvidó|olvidaste|olvidado) (?:su|tu) contraseña | inici(?:e|a|ar) sesión | esqueceu (?:a|sua) senha
        | faça (?:o )?login | password dimenticata | wachtwoord vergeten | nie pamiętam hasła | забыли пароль
        | パスワードをお忘れ | ログインしてください | 忘记密码 | 请(?:先)?登录 | 비밀번호를 잊
        """,
    ),
    (
        Barrier("a question about cookies", "answer it in a browser and save the page that comes then"),
        r"""
        before you continue to | (?:accept|reject|allow) (?:all )?cookies | (?:we|site|websites?) uses? cookies
        | cookie (?:consent|settings|preferences) | bevor sie (?:zu .{1,30} )?(?:weiter|fortfahren)
        | alle (?:cookies )?(?:akzeptieren|ablehnen) | verwende[nt] .{0,20}cookies | avant d'accéder
        | tout (?:accepter|refuser) | utilis(?:e|ons) des cookies | aceptar (?:todo|todas) | usamos cookies
        | antes de continuar | aceitar tudo | accetta tutt[oi] | alles accepteren | zaakceptuj wszystk | принять все
        | すべて同意 | cookie ?を使用 | 接受(?:所有|全部) ?cookie | 全部接受
        """,
    ),
)
_BARRIERS = tuple(
    (barrier, patterns.compile("|".join(re.split(r"\s+\|\s+", phrases.strip())), re.I)) for barrier, phrases in _PHRASES
)
_NO_TEXT = Barrier("a page without a word on it, made of scripts, frames or pictures", "copy what the browser shows")


def recognise(page: Page) -> Barrier | None:
    """The barrier that `page`, on which no publication was found, is; None for a page that may be anybody's."""
    lines = [line.text.replace("’", "'") for line in page.filled()]
    if not lines:
        return _NO_TEXT
    size = sum(map(len, lines))
    if size > _LONGER:
        return None
    said = [
        (barrier, hit[0].lower())
        for barrier, phrases in _BARRIERS
        for line in lines
        if len(line) <= _LONGEST_LINE
        for hit in phrases.finditer(line)
    ]
    # The first of the table: a captcha asks for JavaScript, too, and an error page offers a login.
    return said[0][0] if len(set(said)) >= (1 if size <= _SHORT else 2) else None
