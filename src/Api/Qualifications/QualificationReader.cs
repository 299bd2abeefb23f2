using Marketing.Customers;
using Marketing.Http;
using Marketing.Redemptions;

namespace Marketing.Qualifications;

/// <summary>Reads what is to be looked for.</summary>
internal static class QualificationReader
{
    private const int DefaultLimit = 5;
    private const int MostLimit = 50;
    private const int MostExpanded = 10;

    private static readonly string[] Scenarios =
    [
        "ALL", "CUSTOMER_WALLET", "AUDIENCE_ONLY", "PRODUCTS", "PRODUCTS_DISCOUNT", "PROMOTION_STACKS", "PRODUCTS_BY_CUSTOMER", "PRODUCTS_DISCOUNT_BY_CUSTOMER",
    ];

    /// <summary>The query with ids.</summary>
    /// <param name="body">The body.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="grains">Where ids are found.</param>
    public static async Task<QualificationQuery> ReadAsync(Payload body, Caller caller, IGrainFactory grains)
    {
        var requested = RedemptionReader.ReadContext(body);
        body.OneOf("mode", "BASIC", "ADVANCED");
        var scenario = body.OneOf("scenario", Scenarios);
        var showsHeld = body.Object("session") is { } session && session.OneOf("type", "LOCK") is not null;
        var options = body.Object("options");
        CheckExpanded(options, "redeemable", "category", "validation_rules");
        var query = new QualificationQuery
        {
            Request = requested.Command,
            Scenario = scenario is null ? QualificationScenario.All : (QualificationScenario)Array.IndexOf(Scenarios, scenario),
            Limit = (int)(options?.Integer("limit", 1, MostLimit) ?? DefaultLimit),
            StartingAfter = options?.Instant("starting_after"),
            Filters = options is { } given ? Filters(given) : null,
            Order = options?.OneOf("sorting_rule", "BEST_DEAL", "LEAST_DEAL", "DEFAULT") switch
            {
                "BEST_DEAL" => QualificationOrder.BestDeal,
                "LEAST_DEAL" => QualificationOrder.LeastDeal,
                _ => QualificationOrder.Newest,
            },
            ShowsHeldCredits = showsHeld,
        };
        return query with { Request = await requested.ResolveAsync(caller, grains, stores: false) };
    }

    /// <summary>What older clients ask for, of one kind.</summary>
    /// <param name="body">The body.</param>
    /// <param name="sources">What is in question.</param>
    /// <param name="audienceOnly">Whether only conditions on the customer are asked.</param>
    /// <param name="limit">The most that are answered.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="grains">Where ids are found.</param>
    public static async Task<QualificationQuery> ReadAsync(Payload body, QualificationSources sources, bool audienceOnly, int limit, Caller caller, IGrainFactory grains)
    {
        CheckExpanded(body.Object("options"), "category");
        return new QualificationQuery
        {
            Request = await RedemptionReader.ReadContext(body).ResolveAsync(caller, grains, stores: false),
            Scenario = audienceOnly ? QualificationScenario.AudienceOnly : QualificationScenario.All,
            Limit = limit,
            Sources = sources,
            WithObjects = true,
        };
    }

    /// <summary>The same for callers whose key is public: they know a customer by the ids alone.</summary>
    public static QualificationQuery WithoutProfile(QualificationQuery query) =>
        query with { Request = query.Request with { Customer = CustomerPatch.Nothing with { SourceId = query.Request.Customer.SourceId } } };

    // With nothing but a junction everything is wanted.
    private static RawJson? Filters(Payload options) =>
        options.Object("filters") is { } filters && filters.Element.EnumerateObject().Any(static filter => filter.Name != "junction") ? options.RawObject("filters") : null;

    // Everything is always written out; what is asked for has to be something there is.
    private static void CheckExpanded(Payload? options, params string[] known)
    {
        foreach (var (name, at) in (options?.Texts("expand", MostExpanded, TextLimits.Name) ?? []).Select(static (name, at) => (name, at)))
        {
            if (!known.Contains(name))
            {
                throw options!.Value.Refuse($".expand[{at}]", $"must be equal to one of the allowed values: {string.Join(", ", known)}");
            }
        }
    }
}
