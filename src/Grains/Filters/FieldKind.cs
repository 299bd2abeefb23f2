namespace Marketing.Filters;

/// <summary>What is known of a field before a document is read; decides which operators fit.</summary>
[Flags]
internal enum FieldKind
{
    Text = 1,
    Number = 2,

    /// <summary>A calendar day or an instant.</summary>
    Date = 4,

    /// <summary>Metadata: any operator fits, the value decides when it is read.</summary>
    Any = 8,
}
