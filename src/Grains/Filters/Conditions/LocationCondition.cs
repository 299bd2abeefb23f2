namespace Marketing.Filters;

/// <summary>A geopoint, written as <c>lat,lng</c>, lies in one of the areas.</summary>
internal sealed class LocationCondition(IReadOnlyList<GeoShape> areas) : ScalarCondition
{
    private readonly GeoShape[] _areas = [.. areas];

    protected override bool HoldsFor(FieldValue value, long now)
    {
        if (value.Kind is not FieldValueKind.Text || !GeoPoint.TryParse(value.Text, out var point))
        {
            return false;
        }

        foreach (var area in _areas)
        {
            if (area.Contains(point))
            {
                return true;
            }
        }

        return false;
    }
}
