namespace Marketing.Filters;

/// <summary>One value of an equality operator, read in every way in which it may be met.</summary>
/// <param name="Text">As text; null where text is not compared, as with dates.</param>
/// <param name="Number">As number, if it is one.</param>
/// <param name="MeetsNumericText">
/// Whether text that reads as the same number is equal: <c>7</c> finds "7.0", but <c>"007"</c> does not find "7".
/// </param>
/// <param name="Boolean">As boolean, if it is one.</param>
/// <param name="Date">As date, if it is one.</param>
internal sealed record Operand(byte[]? Text, decimal? Number, bool MeetsNumericText, bool? Boolean, IsoDate? Date);
