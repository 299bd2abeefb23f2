namespace Marketing.Bench;

/// <summary>What a figure must be and what it aims at, in the words of the table of targets.</summary>
internal sealed record Goal(string Row, string Must, string Aim);
