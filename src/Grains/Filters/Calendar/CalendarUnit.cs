namespace Marketing.Filters;

/// <summary>What a calendar window is made of.</summary>
internal enum CalendarUnit
{
    Day,
    Week,
    Month,
    Year,
}
