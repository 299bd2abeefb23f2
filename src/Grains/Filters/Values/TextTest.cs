namespace Marketing.Filters;

/// <summary>Where a text is looked for in another.</summary>
internal enum TextTest
{
    Contains,
    StartsWith,
    EndsWith,
}
