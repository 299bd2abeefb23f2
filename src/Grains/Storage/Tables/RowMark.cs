namespace Marketing.Storage;

/// <summary>What few rows of a table have.</summary>
/// <param name="Name">Of the index.</param>
/// <param name="Column">Where it stands.</param>
/// <param name="Value">What the column then holds, as the index says it: a number, or a text in quotes.</param>
internal sealed record RowMark(string Name, Column Column, string Value);
