"""What each code means, where it comes from and what to do: a paragraph a code, for people who see it in a log."""

from __future__ import annotations

EXPLANATIONS: dict[str, str] = {
    "L01": (
        "These lines of the page are not blank, and no rule of the layout reads them: navigation, a biography, a "
        "heading. They are counted so that nothing is lost unseen. Look at them once with `pubtools read PAGE`; if an "
        "entry is among them, the page has a form that pubtools does not know yet."
    ),
    "L02": (
        'The page says how many entries it has ("19 papers"), and another number was read. Either entries were missed '
        "or the page was copied in part. Compare with `pubtools read PAGE`, and copy the page again."
    ),
    "L03": (
        "Where an entry should stand there is something that is not plausibly a publication: a title as long as a "
        "paragraph, a list of authors that reads like a sentence. It is left out rather than guessed at. Mend the "
        "page's text at this line, or state the entry in a .bib file that is read beside the page."
    ),
    "L04": (
        "A news item of the page speaks of a paper, and no listed paper is clearly the one. Nothing to do, unless the "
        "paper should be on the page."
    ),
    "L05": (
        "The layout had to guess a field of this entry, and says why. Look at the line. If the guess is wrong, correct "
        "it with a [[corrections]] row; if it is right, ignore the code."
    ),
    "L06": (
        "Neither the title nor the authors of this entry are sure, so it is left out: a wrong entry in a CV is worse "
        "than a missing one. Mend the line in the page's text, or take such entries with --keep-doubtful."
    ),
    "L07": (
        "The page looks like what stands before a page: an error, a captcha, a login, a notice about cookies or "
        "JavaScript. It was taken without a publication because empty pages are allowed. Save the page again."
    ),
    "N01": (
        'The list of authors ends in "et al.". It is exported as cut ("and others"), and the look-up may complete it. '
        "A [[corrections]] row with `set = { authors = [...] }` completes it for good."
    ),
    "N02": (
        'The list of authors is cut, and the owner of the page stands behind the "et al.". A CV without its owner\'s '
        "name is embarrassing, so a person is asked: complete the authors as in N01."
    ),
    "N03": (
        "The name is written without a comma and has a whole word in the middle, so that its family name may begin "
        "earlier: Stefano Sarao Mannelli. A [[people]] row with family and given name settles it for all papers."
    ),
    "D01": (
        'The page leaves the year out ("May 19"), as some sites do for the current year. Give the day that the page '
        "was saved with --as-of, or as_of in the profile's row: the year is then marked as inferred. A look-up also "
        "mends it."
    ),
    "D02": (
        "In the place of the date stands something that is none, or a day that does not exist. Mend the page's text, "
        'or state the date in a [[corrections]] row: `set = { date = "2024-06" }`.'
    ),
    "S01": ("The subject is not one of arXiv's categories, or could be more than one. It is kept as the page has it."),
    "M01": (
        "Two entries may be one work: their titles are alike, but authors or dates do not clearly agree. They are kept "
        "apart. Settle it with a [[corrections]] row: `same_as` or `not_same_as`."
    ),
    "M02": (
        "The publication was on one of the pages and is on none any more. It is kept in every list until --prune "
        "removes it, for a page that lost a paper by mistake should not cost it."
    ),
    "M03": (
        "A [[corrections]] row or the list `selected` names a publication that is not there, or a row more than one, "
        "or it asks for a key that is taken. What does nothing is a mistake more often than not: mend the key or "
        "title, or remove it."
    ),
    "E01": (
        "arXiv could not be asked: no connection, too many requests, an error page. What is in the library stays as it "
        "is, nothing is remembered as missing, and the next run asks again."
    ),
    "E02": (
        "arXiv has no record that is surely this publication. It is not asked again until its title or first author "
        'changes. If you know better, pin the number: `arxiv = "2107.05580"` in a [[corrections]] row.'
    ),
    "C01": (
        "Two sources of the same trust say different things of one publication. One is chosen by a fixed rule, and "
        "`pubtools why KEY` shows all. Settle it with a [[corrections]] row."
    ),
    "F01": (
        "The file is not what pubtools would write now: it or the settings were changed by hand, or, where pages are "
        "read (`check --pages`), one has changed. `pubtools update` writes it; `pubtools update --check --diff` shows "
        "how."
    ),
    "F02": (
        "The pages as they are now no longer have a publication, or a fact that nothing else states, so `pubtools "
        "update` stops and writes nothing. If a page was saved badly, save it again. If the loss is right, "
        "`pubtools update --allow-removals` takes it."
    ),
    "X01": (
        "The entry is broken in a way that leaves no sure reading: no key, no end. It alone is left out. Mend it in "
        "the .bib file at this line."
    ),
    "X02": (
        "The value of this field cannot be read as what the field holds, such as a date that is none. It is kept as it "
        "stands and written back, and nothing is made of it."
    ),
    "X03": (
        "The file begins with a byte-order mark, invisible in most editors. BibTeX takes it for text before the first "
        "entry, and some readers refuse the file. Save it as UTF-8 without a mark."
    ),
    "X04": (
        "A field is not followed by a comma, and another one begins. Many readers take both for one value without a "
        "word. Add the comma."
    ),
    "X05": (
        "Braces or quotes of the entry do not pair. The rest of the file would be taken for this value; pubtools goes "
        "on at the next line that begins an entry. Pair them."
    ),
    "X06": "Between the fields stands something that is no field of the form `name = {value}`. Mend or remove it.",
    "X07": "The entry has no key, so nothing can cite it. pubtools gives it one of its own; write one in the .bib.",
    "X08": "An @ stands at the beginning of a line and begins no entry. If one was meant, mend its head.",
    "X09": (
        "The value is a bare word that no @string before it defines. BibTeX takes it for empty. Define it, or put the "
        "value in braces; a month's macro is one of jan to dec."
    ),
    "X10": "The entry has the field twice. BibTeX takes the first and biber the last: remove one.",
    "X11": (
        "Two entries have the same key, if only in other capitals. BibTeX ignores the second one. Give one another "
        "key, or remove it if they are one work."
    ),
    "X12": "Two entries have the same DOI: they are one work, or one DOI is wrong.",
    "X13": (
        "The key holds a space, a letter beyond ASCII or a character that LaTeX, biber or pandoc refuse in a key. "
        "pubtools gives the work a key of its own and keeps yours as it stands."
    ),
    "X14": (
        "The entry's type is none that the styles know (@online and its like are BibLaTeX's). BibTeX falls back on "
        "@misc with a warning."
    ),
    "X15": (
        "The entry lacks a field that its type must have, such as the journal of an @article. The styles warn, and "
        "print an incomplete reference."
    ),
    "X16": "The field is there and empty. Fill it or remove it; some styles print stray commas for it.",
    "X17": (
        "The text holds one of & % $ # _ as it is. LaTeX stops at & # _ and $, and leaves out without a word what "
        "follows a %. Escape it with a backslash."
    ),
    "X18": "The text uses a command that neither LaTeX nor its common packages know, and compiling stops there.",
    "X19": "The field holds HTML, as registries deliver it. LaTeX prints the tags. Write the markup of LaTeX.",
    "X20": "The month is not one of the bare macros jan to dec, by which styles abbreviate and translate it.",
    "X21": 'A range of pages has one hyphen or a dash of Unicode. LaTeX writes a range with "--".',
    "X22": "The year is not a number, or the date is none. Styles sort and group by it.",
    "X23": "The DOI is written as an address or with a prefix. Its field holds the bare identifier, 10.1000/xyz.",
    "X24": 'BibTeX separates names by "and". A list with commas is one person with a strange name.',
    "X25": 'BibTeX knows no "et al.": it prints a person of this name. Write "and others".',
    "X26": 'The list of names begins or ends with an "and", or has two in a row: BibTeX sees a person without a name.',
    "X27": (
        "Classic BibTeX is a program of bytes: it takes a first letter beyond ASCII for no letter, abbreviates it to "
        "half a character and sorts it wrongly. Write {\\'E}lie, or use biber."
    ),
    "X28": (
        "pdflatex has no form for this character (another script, an emoji) and leaves it out. LuaLaTeX and XeLaTeX "
        "set it with a font that has it."
    ),
    "X29": "An accent follows its letter as a character of its own (NFD), which LaTeX sets beside it or not at all.",
    "X30": "The text holds invisible characters, or spaces that do not break. They break searches and some readers.",
    "X31": "BibTeX knows no comments within entries, and biber does: the two read this entry differently.",
    "X32": (
        "LaTeX has no way to write this character in ASCII, and classic BibTeX and pdflatex may drop it. It is "
        "written as it is; LuaLaTeX, XeLaTeX and biber read it."
    ),
    "X33": (
        "The entry is there for other entries (a @proceedings that others refer to, an @xdata), not as a work of its "
        "own. What it says is in the entries that name it, and it is in no list."
    ),
}
