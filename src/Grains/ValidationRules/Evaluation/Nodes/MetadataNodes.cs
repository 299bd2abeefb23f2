using System.Runtime.InteropServices;
using System.Text.Json;
using Marketing.Carts;
using Marketing.Filters;

namespace Marketing.ValidationRules;

/// <summary>Asks conditions about one field of a JSON document, by the filters that segments have.</summary>
internal sealed class MetadataTest
{
    private readonly FilterSet _set;

    // A buffer for whoever comes first; another one makes its own.
    private FieldValues? _spare;

    /// <param name="segments">The names from the root down to the field.</param>
    /// <param name="conditions">What must hold of it.</param>
    public MetadataTest(IReadOnlyList<string> segments, IReadOnlyCollection<Condition> conditions) =>
        _set = new FilterSet([new Filter([new FieldClause(new FilterField(segments, FieldKind.Any), conditions)], anyIsEnough: false)]);

    /// <param name="document">Undefined is a document without fields.</param>
    /// <param name="now">The time that relative conditions count from.</param>
    public bool Holds(JsonElement document, DateTimeOffset now) =>
        Holds(document.ValueKind is JsonValueKind.Undefined ? "{}"u8 : JsonMarshal.GetRawUtf8Value(document), now);

    public bool Holds(ReadOnlySpan<byte> document, DateTimeOffset now)
    {
        var values = Interlocked.Exchange(ref _spare, null) ?? _set.NewValues();
        _set.Read(document, values);
        var holds = _set.Matches(0, values, now);
        Volatile.Write(ref _spare, values);
        return holds;
    }
}

/// <summary>Metadata of the subject. A field that is not there meets what it is not, and nothing else.</summary>
internal sealed class MetadataNode(RuleFailure failure, RuleSet nested, MetadataTest test, RuleDocuments document) : RuleLeaf(failure, nested)
{
    protected override RuleLack LackOf(RuleSubject subject) => document switch
    {
        RuleDocuments.Customer when subject.Customer is null => RuleLack.Customer,
        RuleDocuments.Order when subject.Order is null => RuleLack.Order,
        _ => RuleLack.Nothing,
    };

    protected override bool Holds(RuleRun run, in RuleLines lines)
    {
        var subject = run.Subject;
        return document switch
        {
            RuleDocuments.Customer => test.Holds(subject.Customer!.Document.Span, subject.Now),
            RuleDocuments.Order => test.Holds(subject.Order!.Metadata, subject.Now),
            RuleDocuments.Redemption => test.Holds(subject.Metadata, subject.Now),
            RuleDocuments.CustomEvent => test.Holds(subject.EventMetadata, subject.Now),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}

/// <summary>Whose metadata a condition reads.</summary>
internal enum RuleDocuments
{
    Customer,
    Order,
    Redemption,
    CustomEvent,
}

/// <summary>Metadata of lines: of each of them or of any, as the condition itself or the one around it says.</summary>
internal sealed class LineMetadataNode(RuleFailure failure, RuleSet nested, MetadataTest test, bool? each) : RuleLeaf(failure, nested)
{
    protected override bool Holds(RuleRun run, in RuleLines lines)
    {
        var now = run.Subject.Now;
        return lines.Meet(line => test.Holds(line.Metadata, now), each ?? lines.Each);
    }
}

/// <summary>Lines whose product has the metadata; the conditions within it are about them.</summary>
internal sealed class ProductMetadataNode(RuleFailure failure, RuleSet nested, MetadataTest test) : RuleNode(failure, nested)
{
    public override RuleFailure? WhyNot(RuleRun run, in RuleLines lines)
    {
        if (run.Subject.Order is null)
        {
            return Lacking(RuleLack.Order);
        }

        var now = run.Subject.Now;
        List<CartLine> found = [.. lines.Items.Where(line => test.Holds(line.ProductMetadata, now))];
        return found.Count == 0 ? Failure : Nested.WhyNot(run, new RuleLines(found, Each: false));
    }
}
