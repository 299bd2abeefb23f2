using System.Globalization;

namespace Marketing.Filters;

/// <summary>A place in decimal degrees.</summary>
internal readonly record struct GeoPoint(double Latitude, double Longitude)
{
    private const double EarthRadius = 6371.0088;

    public bool IsOnEarth => Math.Abs(Latitude) <= 90 && Math.Abs(Longitude) <= 180;

    /// <summary>Reads <c>52.23,21.01</c>: latitude first, blanks allowed, a leading <c>geo:</c> skipped.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out GeoPoint point)
    {
        point = default;
        if (text.StartsWith("geo:"u8))
        {
            text = text[4..];
        }

        var comma = text.IndexOf((byte)',');
        if (comma < 0 || !TryDegrees(text[..comma], out var latitude) || !TryDegrees(text[(comma + 1)..], out var longitude))
        {
            return false;
        }

        point = new GeoPoint(latitude, longitude);
        return point.IsOnEarth;
    }

    /// <summary>The way over the ground.</summary>
    public double KilometresTo(GeoPoint other)
    {
        var halfHeight = Math.Sin(double.DegreesToRadians(other.Latitude - Latitude) / 2);
        var halfWidth = Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2);
        var chord = (halfHeight * halfHeight)
            + (Math.Cos(double.DegreesToRadians(Latitude)) * Math.Cos(double.DegreesToRadians(other.Latitude)) * halfWidth * halfWidth);
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(chord)));
    }

    private static bool TryDegrees(ReadOnlySpan<byte> text, out double degrees) => double.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
        CultureInfo.InvariantCulture, out degrees);
}
