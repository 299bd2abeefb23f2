using System.Text.Json;
using Xunit;

namespace Marketing.Api;

/// <summary>Compares which fields an object has with the reference.</summary>
internal static class Shape
{
    /// <summary>The object has exactly these fields.</summary>
    public static void Is(JsonElement value, string fields) => Assert.Equal(fields.Split(' ').Order(), Names(value).Order());

    /// <summary>The object has at least these fields.</summary>
    public static void Has(JsonElement value, string fields) => Assert.Empty(fields.Split(' ').Except(Names(value)));

    /// <summary>A list envelope, with the array under the name it refers to.</summary>
    public static JsonElement List(JsonElement value, string dataRef, string otherFields)
    {
        Is(value, $"object data_ref {dataRef} {otherFields}".TrimEnd());
        Assert.Equal("list", value.GetProperty("object").GetString());
        Assert.Equal(dataRef, value.GetProperty("data_ref").GetString());
        return value.GetProperty(dataRef);
    }

    public static string[] Texts(JsonElement array, string field) => [.. array.EnumerateArray().Select(item => item.GetProperty(field).GetString()!)];

    private static IEnumerable<string> Names(JsonElement value) => value.EnumerateObject().Select(field => field.Name);
}
