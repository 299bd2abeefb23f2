namespace Marketing.Testing;

/// <summary>What a sink makes of a mail whose content is in.</summary>
/// <param name="Delay">How long it thinks.</param>
/// <param name="Refusal">What it says then, when it does not take the mail.</param>
public sealed record SmtpAnswer(TimeSpan Delay, string? Refusal = null);
