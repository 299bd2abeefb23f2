using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Filters;
using Marketing.Json;
using Marketing.Projects;
using Marketing.Promotions;
using Marketing.Redemptions;
using Marketing.Storage;
using Marketing.Vouchers;
using Orleans.Concurrency;

namespace Marketing.Qualifications;

[GrainType("qualifications"), StatelessWorker, Reentrant]
internal sealed class QualificationsGrain(CandidateReader candidates, CaseReader cases, ICustomerStore customers, Catalogues catalogues, TimeProvider clock) : Grain, IQualificationsGrain
{
    /// <summary>The most that one request decides. A cart of 500 lines and a thousand tiers would keep a core busy for as long as a caller likes.</summary>
    private const int MostDecided = 300;

    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<QualificationResult> QualifyAsync(QualificationQuery query, CommandContext context)
    {
        var catalogue = await catalogues.GetAsync(Project);
        var now = clock.GetStoredNow();
        var (filter, problems) = query.Filters is { } written ? QualificationFilters.Parse(written, catalogue.Section<ProjectSection>().Calendar) : (null, []);
        if (problems.Count > 0)
        {
            return new QualificationResult.Invalid(problems);
        }

        var request = query.Scenario == QualificationScenario.AudienceOnly ? query.Request with { Order = null, OrderId = null } : query.Request;
        var customer = request.CustomerId is { } id ? await customers.LoadAsync(Project, id) : null;
        var found = await FindAsync(catalogue, query, filter, customer, now);
        var looked = found.Count > MostDecided ? found.Take(MostDecided).ToList() : found;
        var read = await cases.ReadAsync(catalogue, request, context, [.. looked.SelectMany(static one => one.Redeemables)], customer, now);
        if (read.Case is not { } given)
        {
            return new QualificationResult.Refused(read.Error ?? RedemptionErrors.Field(read.Problem!));
        }

        given = given with { IsAudienceOnly = query.Scenario == QualificationScenario.AudienceOnly, ShowsHeldCredits = query.ShowsHeldCredits };
        var page = Qualifier.Qualify(given, looked, looked.Count == found.Count, query);
        return new QualificationResult.Qualified(QualificationJson.Write(page, given, query), query.WithObjects ? [.. page.Items.Select(one => ObjectOf(one.Candidate, catalogue))] : []);
    }

    private async Task<IReadOnlyList<Candidate>> FindAsync(CatalogueSnapshot catalogue, QualificationQuery query, FilterSet? filter, CustomerRow? customer, DateTimeOffset now)
    {
        // Sorted by what they take off, all have to be decided to know which come after those that were answered; and what is filtered away makes room for others.
        var isNewest = query.Order == QualificationOrder.Newest;
        var window = new CandidateWindow(isNewest && query.StartingAfter is { } after ? after.UtcTicks : long.MaxValue, filter is null ? MostDecided + 1 : int.MaxValue);
        var all = await candidates.ReadAsync(catalogue, query.Sources ?? SourcesOf(query), query.Request.CustomerId, customer, window, now);
        return [.. (filter is null ? all : all.Matching(filter, now)).OrderByDescending(static one => one.Place)];
    }

    private static QualificationSources SourcesOf(QualificationQuery query) => query.Scenario switch
    {
        QualificationScenario.CustomerWallet => QualificationSources.Wallet,
        QualificationScenario.PromotionStacks => QualificationSources.Stacks,
        QualificationScenario.ProductsByCustomer or QualificationScenario.ProductsDiscountByCustomer when query.Request.CustomerId is null => QualificationSources.None,
        _ => QualificationSources.Tiers | QualificationSources.Wallet | QualificationSources.Generic | QualificationSources.Campaigns,
    };

    private static RawJson ObjectOf(Candidate candidate, CatalogueSnapshot catalogue) => candidate.First switch
    {
        { Tier: { } tier } => WrittenJson.Of(json => PromotionShape.WriteTier(tier, catalogue, json), 1_024),
        { Voucher: { } voucher } => VoucherShape.Write(voucher),
        _ => RawJson.EmptyObject,
    };
}
