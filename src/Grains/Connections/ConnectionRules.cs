using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Channels;
using Marketing.Projects;

namespace Marketing.Connections;

/// <summary>What may be entered for a connection, by what its provider says of its fields.</summary>
internal static class ConnectionRules
{
    private const int MostNames = 50;

    /// <summary>Settings and credentials in the clear.</summary>
    /// <exception cref="InvalidOperationException">The keys are not there that they were protected with.</exception>
    public static ConnectionValues ValuesOf(ConnectionRow row, ISecretProtection protection) => new(
        new RawJson(Encoding.UTF8.GetBytes(row.Settings)), new RawJson(Encoding.UTF8.GetBytes(row.Secrets.Length == 0 ? "{}" : protection.Read(row.Secrets))));

    /// <summary>The credentials with those changed that are given; null takes one away.</summary>
    public static JsonObject Merge(string present, RawJson? given)
    {
        var secrets = present.Length == 0 ? [] : JsonNode.Parse(present)!.AsObject();
        foreach (var (name, value) in given is null ? [] : JsonNode.Parse(given.Utf8.Span)!.AsObject())
        {
            secrets.Remove(name);
            if (value is not null)
            {
                secrets[name] = value.DeepClone();
            }
        }

        return secrets;
    }

    public static IReadOnlyList<FieldProblem> Check(IProvider provider, JsonElement settings, JsonElement credentials)
    {
        var problems = new List<FieldProblem>();
        var fields = provider.Descriptor.Fields;
        Known("settings", settings, [.. fields.Where(static field => field.Kind != EntryKind.Secret)], problems);
        Known("credentials", credentials, [.. fields.Where(static field => field.Kind == EntryKind.Secret)], problems);
        if (problems.Count == 0)
        {
            problems.AddRange(provider.Check(new ConnectionValues(RawJson.From(settings), RawJson.From(credentials))));
        }

        return problems;
    }

    private static void Known(string part, JsonElement given, IReadOnlyList<FieldDescriptor> fields, List<FieldProblem> problems)
    {
        foreach (var entry in given.EnumerateObject().Where(entry => fields.All(field => field.Name != entry.Name)).Take(MostNames))
        {
            problems.Add(new($"{part}.{PlainText.Start(entry.Name, 60)}", $"is not known here{Spelling.Hint(entry.Name, [.. fields.Select(static field => field.Name)])}"));
        }

        foreach (var field in fields)
        {
            var problem = given.TryGetProperty(field.Name, out var value) && value.ValueKind != JsonValueKind.Null
                ? WhyNot(field, value)
                : field.Required ? "is required" : null;
            if (problem is not null)
            {
                problems.Add(new($"{part}.{field.Name}", problem));
            }
        }
    }

    private static string? WhyNot(FieldDescriptor field, JsonElement value) => field.Kind switch
    {
        EntryKind.Number => value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number) ? "must be integer"
            : number < field.Min || number > field.Max ? $"must be {field.Min} to {field.Max}"
            : null,
        EntryKind.Flag => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be boolean",
        EntryKind.Map => WhyNotMap(field, value),
        _ when value.ValueKind != JsonValueKind.String => "must be string",
        EntryKind.Choice => field.Options.Contains(value.GetString()!) ? null : $"must be one of {string.Join(", ", field.Options)}",
        EntryKind.Url => WhyNotText(field, value.GetString()!) ?? WhyNotUrl(value.GetString()!),
        _ => WhyNotText(field, value.GetString()!),
    };

    private static string? WhyNotText(FieldDescriptor field, string text) => text.Length > field.Max ? $"must NOT have more than {field.Max} characters"
        : field.Required && string.IsNullOrWhiteSpace(text) ? "must NOT be blank"
        : field.Kind is not (EntryKind.Text or EntryKind.Template) && text.Any(char.IsControl) ? "must NOT contain control characters"
        : null;

    private static string? WhyNotUrl(string text) => text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0 && url.UserInfo.Length == 0)
        ? null : "must be an absolute address that begins with https:// or http://, without a user name";

    private static string? WhyNotMap(FieldDescriptor field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return "must be object";
        }

        foreach (var (count, entry) in value.EnumerateObject().Index())
        {
            if (count == MostNames || entry.Name.Length is 0 or > 100)
            {
                return $"must have at most {MostNames} names of 1 to 100 characters";
            }

            if (field.Options.Count > 0 && !field.Options.Contains(entry.Name))
            {
                return $"has the name '{entry.Name}'; it may have {string.Join(", ", field.Options)}";
            }

            if (entry.Value.ValueKind != JsonValueKind.String || entry.Value.GetString() is not { Length: > 0 } text || text.Length > field.Max || text.Any(char.IsControl))
            {
                return $"must have a text of 1 to {field.Max} characters for '{entry.Name}'";
            }
        }

        return null;
    }
}
