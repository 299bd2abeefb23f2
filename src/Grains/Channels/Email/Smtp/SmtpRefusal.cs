namespace Marketing.Channels.Email.Smtp;

/// <summary>Why a server did not take a message.</summary>
/// <param name="Reply">The first refusal; what follows it are answers to commands that were already on their way.</param>
/// <param name="AboutRecipient">Whether it was the answer to the recipient's address.</param>
internal sealed record SmtpRefusal(SmtpReply Reply, bool AboutRecipient = false);
