using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Marketing.Filters;

/// <summary>
/// Reads the areas of <c>$in_location</c>: a circle <c>{"lat": 52.23, "lng": 21.01, "radius": 10}</c> with the radius in kilometres,
/// or a polygon <c>{"points": [[52.1, 20.9], "52.3,21.2", …]}</c> of three corners or more, each a pair or a text, latitude first.
/// The reference names the operators but not their values; this form is ours.
/// </summary>
internal static class GeoShapeParser
{
    private const int MaxCorners = 200;

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The area, or the place (relative to the value) and the reason why there is none.</summary>
    public static GeoShape? Parse(JsonElement value, out (string Path, string Message) refusal)
    {
        refusal = ("", "must be a circle {\"lat\", \"lng\", \"radius\"} or a polygon {\"points\": [[lat, lng], …]}.");
        if (value.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        var names = value.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal).ToList();
        return names switch
        {
            ["lat", "lng", "radius"] => Circle(value, ref refusal),
            ["points"] => Polygon(value.GetProperty("points"), ref refusal),
            _ => null,
        };
    }

    private static GeoShape.Circle? Circle(JsonElement value, ref (string Path, string Message) refusal)
    {
        foreach (var (name, limit) in (ReadOnlySpan<(string, double)>)[("lat", 90), ("lng", 180), ("radius", 20_100)])
        {
            if (Number(value.GetProperty(name)) is not { } number || Math.Abs(number) > limit || (name is "radius" && number <= 0))
            {
                var range = name is "radius" ? $"kilometres up to {limit}" : $"degrees from -{limit} to {limit}";
                refusal = ($".{name}", $"must be a number of {range}.");
                return null;
            }
        }

        var centre = new GeoPoint(Number(value.GetProperty("lat")) ?? 0, Number(value.GetProperty("lng")) ?? 0);
        return new GeoShape.Circle(centre, Number(value.GetProperty("radius")) ?? 0);
    }

    private static GeoShape.Polygon? Polygon(JsonElement points, ref (string Path, string Message) refusal)
    {
        if (points.ValueKind is not JsonValueKind.Array || points.GetArrayLength() is < 3 or > MaxCorners)
        {
            refusal = (".points", $"must be a list of 3 to {MaxCorners} corners.");
            return null;
        }

        var corners = new List<GeoPoint>();
        foreach (var point in points.EnumerateArray())
        {
            if (Corner(point) is not { } corner)
            {
                refusal = ($".points[{corners.Count}]", "must be a corner [lat, lng] or \"lat,lng\" in degrees.");
                return null;
            }

            corners.Add(corner);
        }

        return new GeoShape.Polygon(corners);
    }

    private static GeoPoint? Corner(JsonElement point)
    {
        if (point.ValueKind is JsonValueKind.String)
        {
            return GeoPoint.TryParse(Utf8.GetBytes(point.GetString()!), out var written) ? written : null;
        }

        if (point.ValueKind is not JsonValueKind.Array || point.GetArrayLength() != 2
            || Number(point[0]) is not { } latitude || Number(point[1]) is not { } longitude)
        {
            return null;
        }

        var corner = new GeoPoint(latitude, longitude);
        return corner.IsOnEarth ? corner : null;
    }

    private static double? Number(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => JsonMarshal.GetRawUtf8Value(value),
            JsonValueKind.String => Utf8.GetBytes(value.GetString()!),
            _ => default,
        };
        return NumberText.TryParse(text, out var number) ? (double)number : null;
    }
}
