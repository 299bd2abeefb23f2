namespace Marketing.Shapes;

/// <summary>What stands in a field.</summary>
internal enum FieldType
{
    Text,
    Number,

    /// <summary>A calendar day or an instant.</summary>
    Date,

    /// <summary>A calendar day of which the year may not matter.</summary>
    Birthday,

    /// <summary>Fields that are known.</summary>
    Object,

    /// <summary>The shop's own keys, and below them whatever it put there.</summary>
    Keys,

    /// <summary>Fields that are known, under names that are the shop's own.</summary>
    Named,

    List,
}
