namespace Marketing.Filters;

/// <summary>An area on the map, its border included in the circle and left open in the polygon.</summary>
internal abstract record GeoShape
{
    public abstract bool Contains(GeoPoint point);

    /// <param name="Centre">The middle.</param>
    /// <param name="Radius">In kilometres over the ground.</param>
    internal sealed record Circle(GeoPoint Centre, double Radius) : GeoShape
    {
        public override bool Contains(GeoPoint point) => Centre.KilometresTo(point) <= Radius;
    }

    /// <summary>Straight lines between corners on a flat map, closed by itself; must not cross the 180th meridian.</summary>
    internal sealed record Polygon(IReadOnlyList<GeoPoint> Corners) : GeoShape
    {
        public override bool Contains(GeoPoint point)
        {
            // A line drawn east from a point inside crosses the border an odd number of times.
            var inside = false;
            var from = Corners[^1];
            for (var i = 0; i < Corners.Count; i++)
            {
                var to = Corners[i];
                if (from.Latitude > point.Latitude != to.Latitude > point.Latitude)
                {
                    var along = (point.Latitude - from.Latitude) / (to.Latitude - from.Latitude);
                    inside ^= point.Longitude < from.Longitude + (along * (to.Longitude - from.Longitude));
                }

                from = to;
            }

            return inside;
        }
    }
}
