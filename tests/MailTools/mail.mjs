// What independent programs make of a document and of a mail. Reads standard input, answers JSON.
import { text } from "node:stream/consumers";

const [mode] = process.argv.slice(2);
const input = await text(process.stdin);

async function compile() {
  const { default: mjml } = await import("mjml");
  const { html, errors } = await mjml(input, { validationLevel: "strict", keepComments: true });
  return { html, errors: errors.map((error) => error.formattedMessage) };
}

async function parse() {
  const { simpleParser } = await import("mailparser");
  const mail = await simpleParser(input, { skipImageLinks: true, skipTextToHtml: true, skipHtmlToText: true });
  return {
    subject: mail.subject,
    html: mail.html || null,
    text: mail.text ?? null,
    unsubscribe: mail.headers.get("list")?.unsubscribe?.url ?? null,
    attachments: mail.attachments.map(({ cid, contentType, related, content }) => ({ cid, contentType, related, base64: content.toString("base64") })),
  };
}

console.log(JSON.stringify(await (mode === "mjml" ? compile() : parse())));
