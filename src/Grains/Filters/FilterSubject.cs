using System.Diagnostics.CodeAnalysis;
using Marketing.Shapes;

namespace Marketing.Filters;

/// <summary>
/// What a filter is about, and the fields it may name. Those of the shape are listed, so a misspelt one is refused instead of being unknown for every
/// object; below keys and names of the shop's own any may be asked for.
/// </summary>
internal sealed class FilterSubject
{
    private const int MaxDepth = 10;

    private readonly string _name;
    private readonly Func<string, string> _canonical;
    private readonly Dictionary<string, FilterField> _fixed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly List<(string Path, IReadOnlyList<ShapeField> Fields)> _named = [];

    /// <param name="shape">Its fields.</param>
    /// <param name="canonical">Turns other names of fields into those of the shape.</param>
    public FilterSubject(Shape shape, Func<string, string>? canonical = null)
    {
        _name = shape.Name;
        _canonical = canonical ?? (static field => field);
        Gather("", shape.Fields);
    }

    /// <summary>Finds the field of a name as written in a filter, or says why there is none.</summary>
    public bool TryResolve(string name, [NotNullWhen(true)] out FilterField? field, [NotNullWhen(false)] out string? refusal)
    {
        var canonical = _canonical(name);
        field = _fixed.GetValueOrDefault(canonical) ?? OfKeys(canonical) ?? OfNamed(canonical);
        refusal = field is null ? $"'{name}' is not {(IsVowel(_name[0]) ? "an" : "a")} {_name} field a filter can read{Hint(canonical)}" : null;
        return field is not null;
    }

    /// <summary>The fields there are, and those below names of the shop's own by example: <c>NAME</c> and <c>KEY</c>. Other names of one are left out.</summary>
    public IReadOnlyList<(string Name, FieldKind Kind)> Listed =>
    [
        .. _fixed.Where(static one => one.Key == one.Value.Path).Select(static one => (one.Key, one.Value.Kind)),
        .. _named.SelectMany(static named => named.Fields.Select(below => ($"{named.Path}.NAME.{below.Name}", Leaf([named.Path, "NAME", below.Name], below).Kind))),
        .. _keys.Select(static key => ($"{key}.KEY", FieldKind.Any)),
    ];

    private static bool IsVowel(char letter) => "aeiou".Contains(letter, StringComparison.Ordinal);

    private void Gather(string prefix, IReadOnlyList<ShapeField> fields)
    {
        foreach (var field in fields.Where(static field => field.IsFiltered))
        {
            var path = prefix + field.Name;
            switch (field.Type)
            {
                case FieldType.Object:
                    Gather($"{path}.", field.Fields);
                    break;
                case FieldType.Keys:
                    _keys.Add(path);
                    break;
                case FieldType.Named:
                    _named.Add((path, field.Fields));
                    break;
                case FieldType.List:
                    _fixed.Add(path, new FilterField(path.Split('.'), FieldKind.Any));
                    break;
                case FieldType.Text or FieldType.Number or FieldType.Date or FieldType.Birthday:
                    _fixed.Add(path, Leaf((field.StoredAs ?? path).Split('.'), field));
                    break;
                default:
                    break;
            }
        }
    }

    private static FilterField Leaf(IReadOnlyList<string> segments, ShapeField field)
    {
        var kind = field.Type switch
        {
            FieldType.Number => FieldKind.Number,
            FieldType.Date or FieldType.Birthday => FieldKind.Date,
            _ => FieldKind.Text,
        };
        return new FilterField(segments, kind, MissingIsZero: kind is FieldKind.Number && field.MissingIsZero, IsBirthday: field.Type is FieldType.Birthday);
    }

    private FilterField? OfKeys(string name)
    {
        var segments = name.Split('.');
        return _keys.Contains(segments[0]) && segments.Length is > 1 and <= MaxDepth && !segments.Contains("") ? new FilterField(segments, FieldKind.Any) : null;
    }

    // A name may contain dots, so the figure is what stands behind the last one.
    private FilterField? OfNamed(string name)
    {
        foreach (var (path, fields) in _named)
        {
            if (name.StartsWith($"{path}.", StringComparison.Ordinal) && name[(path.Length + 1)..] is var rest && rest.LastIndexOf('.') is > 0 and var dot
                && fields.FirstOrDefault(field => field.Name == rest[(dot + 1)..] || field.Aliases.Contains(rest[(dot + 1)..])) is { } found)
            {
                return Leaf([.. path.Split('.'), rest[..dot], found.Name], found);
            }
        }

        return null;
    }

    // By example where the names below are the shop's own.
    private string Hint(string name)
    {
        var root = name.Split('.', 2)[0];
        if (_keys.Contains(root))
        {
            return $"; it is written {root}.KEY, or {root}.KEY.KEY, at most {MaxDepth} levels.";
        }

        if (_named.Where(named => named.Path.Split('.')[0] == root).ToList() is { Count: > 0 } named)
        {
            var below = _fixed.Keys.Where(path => path.StartsWith($"{root}.", StringComparison.Ordinal)).Concat(named.SelectMany(Examples));
            return $"; there are {string.Join(", ", below)}.";
        }

        return Spelling.Nearest(name, _fixed.Keys) is { } nearest
            ? $"; did you mean '{nearest}'?"
            : $"; there are {string.Join(", ", [.. _fixed.Keys, .. _named.SelectMany(Examples), .. _keys.Select(static key => $"{key}.KEY")])}.";
    }

    private static IEnumerable<string> Examples((string Path, IReadOnlyList<ShapeField> Fields) named) => named.Fields.Select(field => $"{named.Path}.NAME.{field.Name}");
}
