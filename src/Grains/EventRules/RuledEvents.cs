using System.Text.Json;
using Marketing.Carts;
using Marketing.Customers;
using Marketing.ProductCollections;
using Marketing.Segments;
using Marketing.ValidationRules;

namespace Marketing.EventRules;

/// <summary>
/// What happened to one customer, as validation rules see it that say whether something comes of it. Made where somebody with a rule listens; what two of them look at is read once.
/// </summary>
/// <param name="work">What happened.</param>
/// <param name="document">The profile that is looked at.</param>
/// <param name="segments">Who was put into static segments.</param>
internal sealed class RuledEvents(CustomerWork work, byte[] document, ISegmentStore segments)
{
    private readonly Dictionary<byte[], RuleSubject> _subjects = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, bool> _isIn = new(StringComparer.Ordinal);
    private HashSet<string>? _matching;

    /// <summary>Whether the rule with this id holds. One that was deleted or is not understood holds for nobody.</summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="entry">The position of what happened.</param>
    /// <param name="loyaltyTier">The customer's tier in the programme that it is about.</param>
    public async ValueTask<bool> MeetsAsync(string ruleId, int entry, string? loyaltyTier = null)
    {
        if (work.Catalogue.ValidationRules.Find(ruleId) is not { Rule: { } rule })
        {
            return false;
        }

        var subject = SubjectOf(work.Raised[entry].Data);
        subject = loyaltyTier is null ? subject : subject with { LoyaltyTier = loyaltyTier };
        return rule.Evaluate(rule.Segments.Count == 0 ? subject : subject with { Customer = Person(await SegmentsAsync(rule)) }).Holds;
    }

    // The same bytes are an order's changing and its being paid.
    private RuleSubject SubjectOf(byte[] data)
    {
        if (!_subjects.TryGetValue(data, out var subject))
        {
            var objects = JsonElement.Parse(data);
            subject = new RuleSubject
            {
                Customer = Person([]),
                Order = objects.TryGetProperty("order", out var order) ? CartOf(order) : null,
                EventMetadata = objects.TryGetProperty("event", out var happened) && happened.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
                    ? metadata
                    : default,
                Now = work.LookedAt,
            };
            _subjects.Add(data, subject);
        }

        return subject;
    }

    private RuleCustomer Person(IEnumerable<string> segmentsOf) => new(work.Customer.Id, document, segmentsOf.ToHashSet(StringComparer.Ordinal));

    // What cannot be read as an order is none, and a rule that needs one does not hold.
    private Cart? CartOf(JsonElement order) => CartReader.Read(order).Cart is { } cart ? CollectedCart.Of(cart, order, work.Catalogue, work.LookedAt) : null;

    private async ValueTask<List<string>> SegmentsAsync(CompiledRule rule)
    {
        var segmentsOf = new List<string>();
        foreach (var id in rule.Segments)
        {
            if (!_isIn.TryGetValue(id, out var isIn))
            {
                isIn = work.Catalogue.Segments.Find(id) is { } segment && await IsInAsync(segment);
                _isIn.Add(id, isIn);
            }

            if (isIn)
            {
                segmentsOf.Add(id);
            }
        }

        return segmentsOf;
    }

    // A filter is asked; only who was put into a static segment is stored.
    private async ValueTask<bool> IsInAsync(SegmentEntry segment)
    {
        if (segment.Filter is null)
        {
            return !work.IsNew && await segments.IsMemberAsync(segment.Number, work.Number);
        }

        _matching ??= SegmentMembership.Matching(document, work.Catalogue, one => one.LookedAt(work.LookedAt))
            .Select(static one => one.Id).ToHashSet(StringComparer.Ordinal);
        return _matching.Contains(segment.Id);
    }
}
