"""The editor of texts in a browser: Markdown in and out, toolbar, pasting, pictures, figures."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from portal.media.services import add_picture
from portal.news.markdown import to_html
from tests.media.files import jpeg
from tests.support.applications import build_app, close_app
from tests.support.axe import violations
from tests.support.databases import ROOT, Databases
from tests.support.editing import Desk, serving_form
from tests.support.staff import BERAU, gather

WORD = (ROOT / "tests/support/word.html").read_text(encoding="utf-8")
PASTE = """([kind, content]) => {
  const data = new DataTransfer();
  data.setData(kind, content);
  document.querySelector(".editor-text").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
Open = Callable[..., Page]


def starter_texts() -> list[str]:
    """Every text of every starter post, in both languages."""
    with (ROOT / "data/starter/news.csv").open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file) for name in ("body_id", "body_en")]


@pytest.fixture(scope="module")
def desk(sqlite: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A form with the editor, in a portal with the starter data and one picture of Berau."""
    with sqlite.copy("starter") as urls:
        app = build_app(tmp_path_factory.mktemp("editor"), urls)
        cast = gather(app)
        with app.app_context():
            add_picture(cast.berau_editor.actor, BERAU, jpeg(), "Petani di kebun", "Farmer on a plantation")
        with serving_form(app, cast) as form:
            yield form
        close_app(app)


@pytest.fixture
def open_form(browser: Browser, desk: Desk) -> Iterator[Open]:
    """Show a text in the editor; anything the policy blocks or a script stumbles over fails the test."""
    faults: list[str] = []
    context = browser.new_context(base_url=desk.address)
    context.set_default_timeout(30_000)
    name, value = desk.cookie
    context.add_cookies([{"name": name, "value": value, "url": desk.address}])

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            faults.append(message.text)

    context.on("console", note)
    context.on("weberror", lambda error: faults.append(str(error.error)))

    def show(body: str, path: str = "/uji", **labels: str) -> Page:
        desk.show(body)
        desk.labels = labels
        page = context.new_page()
        page.goto(path)
        expect(page.locator(".editor-text")).to_be_visible()
        return page

    yield show
    # A last save on the way out would arrive in the next test.
    for page in context.pages:
        page.evaluate("() => { window.fetch = () => new Promise(() => {}); }")
    context.close()
    assert faults == []


def markdown(page: Page) -> str:
    """What the form would send."""
    return page.locator("textarea[name=body_id]").input_value()


def press(page: Page, name: str) -> None:
    """A button of the toolbar."""
    page.get_by_role("toolbar").get_by_role("button", name=name, exact=True).click()


def write(page: Page, text: str) -> None:
    """Type at the end of the text."""
    page.locator(".editor-text").click()
    # The editor puts its own selection in place a moment after it has got the focus.
    page.wait_for_timeout(150)
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def paste(page: Page, content: str, kind: str = "text/html") -> None:
    """Paste into the text."""
    page.evaluate(PASTE, [kind, content])


def test_every_starter_text_goes_through_the_editor_unchanged(open_form: Open, desk: Desk) -> None:
    texts = starter_texts()
    page = open_form(texts[0])
    for text in texts:
        desk.show(text)
        page.goto("/uji")
        expect(page.locator(".editor-text")).to_be_visible()
        assert markdown(page) == text
        write(page, "x")
        edited = markdown(page)
        assert to_html(edited) == to_html(text.rstrip() + "x"), "an edit changed more than it typed"
        page.keyboard.press("Backspace")
        assert markdown(page) == text


MIXED = """## Judul

Teks **tebal** dan *miring*, [tautan](https://berau.go.id/a_\\(b\\)), `kode`.

1. satu
2. dua
   - dalam

> Kutipan

| Tahun | Pekerja |
| --- | --- |
| 2025 | 4.465 \\| perkiraan |

baris satu\\
baris dua, [[statements:s-001:workers]]."""


def test_all_that_a_text_may_hold_survives_an_edit(open_form: Open) -> None:
    page = open_form(MIXED)
    write(page, " Akhir")
    assert markdown(page) == MIXED + " Akhir"


AWKWARD = (
    "- bukan daftar",
    "# bukan judul",
    "*bukan miring* &copy; <b>bukan tebal</b>",
    "[bukan](tautan) ![bukan](gambar)",
    "=== ",
    "a | b `c`",
    "> bukan kutipan",
)


@pytest.mark.parametrize("text", AWKWARD)
def test_signs_of_markdown_in_pasted_words_stay_words(open_form: Open, text: str) -> None:
    page = open_form("Awal")
    write(page, "")
    page.keyboard.press("Enter")
    paste(page, text, "text/plain")
    html = str(to_html(markdown(page)))
    plain = re.sub(r"<[^>]*>", "", html).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    assert plain.split("\n")[1].strip() == text.strip()
    assert set(re.findall(r"<(\w+)", html)) == {"p"}


@pytest.mark.parametrize("text", ["1) bukan daftar", "2025. Tahun", "+ bukan daftar"])
def test_signs_of_markdown_in_typed_words_stay_words(open_form: Open, text: str) -> None:
    page = open_form("Awal")
    write(page, "")
    page.keyboard.press("Enter")
    page.keyboard.insert_text(text)
    assert str(to_html(markdown(page))) == f"<p>Awal</p>\n<p>{text}</p>\n"


def test_the_toolbar_formats_and_says_what_is_on(open_form: Open) -> None:
    page = open_form("Kata")
    page.locator(".editor-text").click()
    page.keyboard.press("Control+a")
    press(page, "Tebal")
    assert markdown(page) == "**Kata**"
    bold = page.get_by_role("button", name="Tebal", exact=True)
    expect(bold).to_have_attribute("aria-pressed", "true")
    press(page, "Miring")
    press(page, "Judul")
    assert markdown(page) == "## ***Kata***"
    press(page, "Subjudul")
    assert markdown(page).startswith("### ")
    press(page, "Subjudul")
    press(page, "Daftar butir")
    assert markdown(page).startswith("- ")
    press(page, "Daftar bernomor")
    assert markdown(page).startswith("1. ")
    press(page, "Daftar bernomor")
    press(page, "Kutipan")
    assert markdown(page).startswith("> ")
    for _ in range(8):
        press(page, "Urungkan")
    assert markdown(page) == "Kata"
    press(page, "Ulangi")
    assert markdown(page) == "**Kata**"


def test_the_toolbar_is_one_stop_with_arrow_keys(open_form: Open) -> None:
    page = open_form("Kata")
    page.get_by_label("Judul", exact=True).first.focus()
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("Judul")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(focused).to_have_text("Tebal")
    page.keyboard.press("End")
    expect(focused).to_have_text("Ulangi")
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    expect(page.locator(".editor-text")).to_be_focused()
    page.keyboard.press("Alt+F10")
    expect(focused).to_have_text("Judul")
    page.keyboard.press("Escape")
    expect(page.locator(".editor-text")).to_be_focused()


def test_a_table_is_made_and_left_with_the_keyboard(open_form: Open) -> None:
    page = open_form("Awal")
    write(page, "")
    press(page, "Tabel")
    page.keyboard.type("Tahun")
    page.keyboard.press("Tab")
    page.keyboard.type("Pekerja")
    assert "| Tahun | Pekerja |\n| --- | --- |" in markdown(page)
    press(page, "Tambah baris")
    press(page, "Hapus kolom")
    assert "| Tahun |\n| --- |" in markdown(page)
    for _ in range(5):
        page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.editor-text')")
    page.locator(".editor-text td").first.click()
    press(page, "Hapus tabel")
    assert markdown(page) == "Awal"


def test_a_link_is_set_checked_and_taken_away(open_form: Open) -> None:
    page = open_form("Berau")
    page.locator(".editor-text").click()
    page.keyboard.press("Control+a")
    press(page, "Tautan")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Alamat tautan").fill("javascript:alert(1)")
    dialog.get_by_role("button", name="Pasang tautan").click()
    expect(dialog.get_by_role("alert")).to_contain_text("https://")
    dialog.get_by_label("Alamat tautan").fill("berau.go.id/berita")
    page.keyboard.press("Enter")
    assert markdown(page) == "[Berau](https://berau.go.id/berita)"
    press(page, "Tautan")
    page.get_by_role("button", name="Lepas tautan").click()
    assert markdown(page) == "Berau"


def test_text_pasted_from_word_keeps_its_form_and_nothing_else(open_form: Open) -> None:
    page = open_form("")
    page.locator(".editor-text").click()
    paste(page, WORD)
    text = markdown(page)
    assert text.startswith(
        "## Perlindungan pekerja rentan\n\nPemkab **Berau** membayar iuran bagi *petani sawit* dan nelayan."
    )
    assert "- Petani\n  - Petani sawit\n- Nelayan\n\n## Langkah\n\n1. Mendata\n2. Membayar" in text
    assert "| **Tahun** | Pekerja |\n| --- | --- |\n| 2025 | 4.465 dianggarkan |" in text
    assert "[Sumber](https://berau.go.id/berita)" in text
    assert not re.search(r"mso|style|class|font|file:|javascript|o:p|StartFragment", text, re.IGNORECASE)
    inner = page.locator(".editor-text").inner_html()
    assert not re.search(r"mso|style=|class=\"Mso|<span|<o:p|<font", inner, re.IGNORECASE)


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<img src=x onerror=\"document.title='pwned'\"></p>",
        "<p>a<script>document.title='pwned'</script></p>",
        "<p>a<svg onload=\"document.title='pwned'\"></svg><iframe srcdoc=\"<script>top.document.title='pwned'</script>\"></iframe></p>",
        '<p style="background:url(https://evil.example/x)">a</p><style>p{color:red}</style>',
        "<p>a<a href=\"javascript:document.title='pwned'\">b</a></p>",
    ],
)
def test_pasted_html_brings_neither_scripts_nor_requests(open_form: Open, html: str) -> None:
    page = open_form("")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".editor-text").click()
    paste(page, html)
    assert markdown(page) in ("a", "ab")
    assert "pwned" not in page.title()
    assert asked == []


def test_a_picture_is_chosen_from_those_of_the_region(open_form: Open) -> None:
    page = open_form("Teks")
    write(page, " ")
    press(page, "Gambar")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("status")).to_have_text("Ditemukan: 1")
    dialog.get_by_role("button", name="Petani di kebun").click()
    assert re.fullmatch(r"Teks !\[Petani di kebun\]\(/gambar/[0-9a-f]{32}-400\.webp\)", markdown(page))
    image = page.locator(".editor-text img:not(.ProseMirror-separator)")
    expect(image).to_have_js_property("naturalWidth", 400)


def test_a_picture_is_uploaded_from_the_editor(open_form: Open, tmp_path: Path) -> None:
    file = tmp_path / "IMG_0001.jpg"
    file.write_bytes(jpeg(500, 300))
    page = open_form("Teks")
    write(page, " ")
    press(page, "Gambar")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Unggah gambar baru").click()
    dialog.get_by_label("Berkas gambar").set_input_files(file)
    dialog.get_by_label("dalam bahasa Indonesia").fill("Nelayan")
    dialog.get_by_label("dalam bahasa Inggris").fill("Fisherman")
    with page.expect_response("**/meja/gambar") as answered:
        dialog.get_by_role("button", name="Unggah dan sisipkan").click()
    assert answered.value.status == 200
    expect(page.locator(".editor-text img[alt=Nelayan]")).to_be_visible()
    assert "![Nelayan](/gambar/" in markdown(page)


def test_a_figure_is_found_inserted_as_a_chip_and_kept_as_its_token(open_form: Open) -> None:
    page = open_form("Berau menganggarkan")
    write(page, " ")
    press(page, "Sisipkan angka")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Kata yang dicari").fill("Berau 2025")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"Ditemukan: [1-9]"))
    choice = dialog.get_by_role("listitem").get_by_role("button").first
    label = choice.inner_text()
    choice.click()
    assert re.fullmatch(r"Berau menganggarkan \[\[statements:[\w.-]+:[a-z_]+\]\]", markdown(page))
    chip = page.locator(".editor-text .editor-figure")
    expect(chip).to_have_text(label)
    page.keyboard.press("Backspace")
    expect(chip).to_have_count(0)


def test_a_figure_that_came_with_the_text_shows_its_label(open_form: Open) -> None:
    page = open_form("[[statements:s-001:workers]] orang", **{"statements:s-001:workers": "4.465 pekerja"})
    expect(page.locator(".editor-figure")).to_have_text("4.465 pekerja")
    assert markdown(page) == "[[statements:s-001:workers]] orang"


def test_without_javascript_the_textarea_and_its_help_are_there(browser: Browser, desk: Desk) -> None:
    desk.show("## Judul")
    context = browser.new_context(base_url=desk.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/uji")
    expect(page.get_by_label("Isi")).to_have_value("## Judul")
    page.get_by_text("Cara menulis judul").click()
    expect(page.get_by_text("Baris kosong memulai paragraf baru.")).to_be_visible()
    page.get_by_label("Isi").fill("Teks baru")
    page.click("#save")
    context.close()
    assert desk.cells["body_id"] == "Teks baru"


@pytest.mark.parametrize(("path", "scheme"), [("/uji", "light"), ("/en/uji", "dark")])
def test_axe_finds_nothing_in_the_editor_and_its_dialogs(open_form: Open, path: str, scheme: str) -> None:
    page = open_form(MIXED, path)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    assert violations(page) == []
    press(page, "Gambar" if path == "/uji" else "Picture")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(re.compile(r"\d"))
    assert violations(page) == []
