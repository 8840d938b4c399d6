// Choosing a picture of the region, or adding one with its alternative texts.
import { element, field, finder, form, open, problem } from "./dialogs.js";
import { PICTURE } from "./schema.js";

export function askPicture(editor, textarea, words) {
  const region = textarea.dataset.region ?? "";
  const { search, content } = finder(textarea.dataset.pictures, region, words, (page) =>
    [...page.querySelectorAll("[data-picture]")]
      .filter((choice) => PICTURE.test(choice.dataset.picture))
      .map((choice) => button(choice)),
  );
  const dialog = open(editor, words.picture, words, ...content, upload());
  search();

  function button({ dataset }) {
    const thumbnail = element("img", { src: dataset.thumbnail, alt: "", width: 80, loading: "lazy" });
    return element("button", { type: "button", click: () => insert(dataset.picture, dataset.alt) }, thumbnail, dataset.alt);
  }

  function insert(src, alt) {
    dialog.close();
    editor.chain().focus().insertContent([{ type: "image", attrs: { src, alt } }]).run();
  }

  function upload() {
    const file = field(words.pictureFile, { type: "file", name: "berkas", accept: "image/jpeg,image/png,image/webp" });
    const indonesian = field(words.pictureAltId, { name: "alt_id", lang: "id", maxlength: 300 });
    const english = field(words.pictureAltEn, { name: "alt_en", lang: "en", maxlength: 300 });
    const wrong = problem();
    const press = element("button", { class: "button" }, words.pictureAdd);
    const send = async () => {
      press.disabled = true;
      wrong.textContent = "";
      const answer = await post(new FormData(made), region, textarea);
      press.disabled = false;
      if (answer?.picture) insert(answer.picture, answer.alt);
      else wrong.textContent = answer?.errors?.join(" ") ?? words.unreachable;
    };
    const made = form(send, file.box, indonesian.box, english.box, wrong, press);
    return element("details", {}, element("summary", {}, words.pictureNew), made);
  }
}

async function post(data, region, textarea) {
  const token = textarea.form?.elements.namedItem("csrf_token");
  data.set("wilayah", region);
  if (token) data.set("csrf_token", token.value);
  try {
    const answer = await fetch(textarea.dataset.pictures, { method: "POST", body: data, headers: { Accept: "application/json" } });
    return await answer.json();
  } catch {
    return null;
  }
}
