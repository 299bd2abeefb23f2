namespace Marketing.Channels.Email;

/// <summary>A document as templates: what is the same for every reader is settled, what differs is Liquid.</summary>
/// <param name="Html">The HTML part.</param>
/// <param name="Text">The text part.</param>
/// <param name="Pictures">What is drawn for each reader and travels in the mail.</param>
/// <param name="Pieces">Every template that the author wrote, by where it stands in the document.</param>
internal sealed record CompiledMail(string Html, string Text, IReadOnlyList<CodePicture> Pictures, IReadOnlyList<MailPiece> Pieces);

/// <summary>A picture of a code.</summary>
/// <param name="ContentId">By which the HTML shows it.</param>
/// <param name="IsQr">Otherwise it is a barcode.</param>
/// <param name="Value">A template of what is in it.</param>
internal sealed record CodePicture(string ContentId, bool IsQr, string Value);

/// <summary>A template in a document.</summary>
/// <param name="Path">Where it stands: <c>blocks[2].href</c>.</param>
/// <param name="Source">Liquid.</param>
internal sealed record MailPiece(string Path, string Source);
