using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Customers;
using Marketing.Filters;
using Marketing.Projects;
using Marketing.Storage;
using Marketing.Vouchers;
using Orleans.Concurrency;

namespace Marketing.Referrals;

[GrainType("referrals"), StatelessWorker, Reentrant]
internal sealed class ReferralsGrain(ITableStore<ReferralRow> referrals, VoucherReads vouchers, ICustomerStore customers, IOperationStore operations, Catalogues catalogues, INumbers numbers, TimeProvider clock)
    : Grain, IReferralsGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<ReferralResult> HoldersAsync(ReferralHoldersQuery query, CancellationToken cancellation)
    {
        var (code, missing) = await FindAsync(query.Code);
        if (code is null)
        {
            return missing!;
        }

        var referees = (await referrals.FindManyAsync(Project, ReferralTable.Voucher, [code.Row.Number], ReferralHoldersQuery.Most)).Where(static row => row.IsAssigned).ToList();
        var referrer = code is { Holder: { } holder, HolderId: not null } ? ReferralJson.Holder(holder, code, code.HolderId) : null;
        if (query.Filters is { } given)
        {
            var catalogue = await catalogues.GetAsync(Project);
            var (filter, problems) = ListFilter.Parse(given, ReferralShapes.Holder, catalogue.Section<ProjectSection>().Calendar);
            if (filter is null || referees.Count > FilteredPages.Most)
            {
                return new ReferralResult.InvalidFilters(filter is null ? problems : [FilteredPages.TooMany("referees of a code")]);
            }

            var now = clock.GetUtcNow();
            var documents = await ShowAsync(code, referees);
            referees.RemoveAll(row => !documents.TryGetValue(row.Id, out var document) || !filter.Meets(document.Utf8.Span, now));
            referrer = referrer is null || filter.Meets(referrer.Utf8.Span, now) ? referrer : null;
        }

        var ids = referees.Select(static row => row.Id);
        string[] all = referrer is null ? [.. ids] : [ReferralJson.IdOf(code.Holder!), .. ids];
        IEnumerable<string> ordered = query.Descending ? all.Reverse() : all;
        if (ReferralJson.PlaceOf(query.StartingAfter) is { } after)
        {
            ordered = ordered.SkipWhile(id => query.Descending ? ReferralJson.PlaceOf(id) >= after : ReferralJson.PlaceOf(id) <= after);
        }

        var rest = ordered.Take(query.Limit + 1).ToList();
        var page = rest.Take(query.Limit).ToHashSet(StringComparer.Ordinal);
        var shown = await ShowAsync(code, [.. referees.Where(row => page.Contains(row.Id))]);
        return new ReferralResult.Holders(
            [.. rest.Where(page.Contains).Select(id => code.Holder is { } first && id == ReferralJson.IdOf(first) ? referrer : shown.GetValueOrDefault(id)).OfType<RawJson>()],
            all.Length,
            rest.Count > query.Limit ? rest[query.Limit - 1] : null);
    }

    public async Task<ReferralResult> AddAsync(RefereesCommand command, CommandContext context)
    {
        var (code, missing) = await FindAsync(command.Code);
        if (code is null)
        {
            return missing!;
        }

        if (code.Person is not { } referrer)
        {
            return new ReferralResult.NotPublished();
        }

        if (command.Customers.GroupBy(static one => one.Id).FirstOrDefault(static same => same.Count() > 1) is { } twice)
        {
            return new ReferralResult.Duplicate(twice.Last().Named);
        }

        var catalogue = await catalogues.GetAsync(Project);
        var waiting = new List<RefereeCustomer>();
        for (var at = 0; at < command.Customers.Count; at++)
        {
            var given = command.Customers[at];
            switch (await operations.FindAsync(Project, Of(given, context)))
            {
                case { IsOther: true }:
                    return new ReferralResult.KeyReused();
                case not null:
                    continue;
                case null:
                    waiting.Add(given);
                    break;
            }

            if (RepeatedCalls.IsCurrent && await IsRefereeAsync(code, given))
            {
                // The first of these calls came as far as this.
                waiting.Remove(given);
            }
            else if (await WhyNotAsync(catalogue, code, referrer, given, at) is { } refusal)
            {
                return refusal;
            }
        }

        foreach (var given in waiting)
        {
            if (await AddAsync(code, given, command.Metadata, context) is { } refusal)
            {
                return refusal;
            }
        }

        var numbersOf = (await CustomersAsync(command.Customers)).Values.Select(static row => row.Number).ToList();
        var rows = await referrals.FindManyAsync(Project, ReferralTable.Assigned, [.. numbersOf.Select(number => ReferralRow.AssignmentOf(code.Row.Number, number))]);
        var shown = await ShowAsync(code, rows);
        return new ReferralResult.Holders([.. rows.OrderBy(static row => row.Number).Select(row => shown.GetValueOrDefault(row.Id)).OfType<RawJson>()], rows.Count, null);
    }

    public async Task<ReferralResult> RemoveAsync(ReferralCodeReference reference, string holder, CommandContext context)
    {
        var (code, missing) = await FindAsync(reference);
        if (code is null)
        {
            return missing!;
        }

        if (code.Holder is { } first && ReferralJson.IdOf(first) == holder)
        {
            return new ReferralResult.IsReferrer();
        }

        var found = await referrals.FindAsync(Project, holder);
        while (found is { IsAssigned: true } row && row.Voucher == code.Row.Number && await customers.LoadManyAsync(Project, [row.Customer]) is [var person])
        {
            var gone = row with { IsAssigned = false };
            var fact = new RefereeChanged { Referral = gone, Code = CodeOf(row, code, person.Id) };
            if (await GrainFactory.Customer(Project, person.Id).RecordAsync(fact, context) is CustomerAnswer.Recorded)
            {
                return new ReferralResult.Removed();
            }

            found = await referrals.FindAsync(Project, holder);
        }

        return RepeatedCalls.IsCurrent && (found is null || found.Voucher == code.Row.Number) ? new ReferralResult.Removed() : new ReferralResult.NotFound(ReferralJson.HolderObject, holder);
    }

    private async Task<bool> IsRefereeAsync(VoucherView code, RefereeCustomer given) =>
        await customers.LoadAsync(Project, given.Id) is { } present && await referrals.FindAsync(Project, ReferralTable.Assigned, ReferralRow.AssignmentOf(code.Row.Number, present.Number)) is not null;

    // The assignment of each customer is known by itself, so that a request which ended half-way goes on.
    private static CommandContext Of(RefereeCustomer given, CommandContext context) => context.IdempotencyKey is { } key ? context with { IdempotencyKey = $"{key} referee {given.Id}" } : context;

    private static ReferralCode CodeOf(ReferralRow row, VoucherView code, string customer) => new(code.Campaign!.Id, new RawJson(ReferralJson.AssignmentData(row, code, customer)));

    private async Task<ReferralResult?> WhyNotAsync(CatalogueSnapshot catalogue, VoucherView code, CustomerRow referrer, RefereeCustomer given, int at)
    {
        var present = await customers.LoadAsync(Project, given.Id);
        if (given.Id == referrer.Id || (present is not null && await referrals.FindAsync(Project, ReferralTable.Assigned, ReferralRow.AssignmentOf(code.Row.Number, present.Number)) is not null))
        {
            return new ReferralResult.AlreadyAssigned();
        }

        var customer = present is null ? CustomerProfile.New(given.Id, given.Patch, clock.GetUtcNow()) : CustomerJson.Read(present.Document);
        CustomerProfile.Apply(customer, given.Patch);
        var problems = CustomerMetadata.ProblemsOf(catalogue, given.Patch.Metadata, customer, present is null, $"holders[{at}].");
        return problems.Count > 0 ? new ReferralResult.InvalidMetadata(problems) : null;
    }

    private async Task<ReferralResult?> AddAsync(VoucherView code, RefereeCustomer given, RawJson metadata, CommandContext context)
    {
        while (true)
        {
            var number = await numbers.NextAsync(ReferralTable.Referrals.Numbers);
            var row = new ReferralRow(number, ReferralJson.IdOf(number), 0, code.Row.Number, code.Campaign!.Number, 0, code.Holder!.Customer, IsAssigned: true, null, metadata, clock.GetStoredNow());
            var fact = new RefereeChanged { Referral = row, Code = CodeOf(row, code, given.Id), Customer = given.Patch };
            switch (await GrainFactory.Customer(Project, given.Id).RecordAsync(fact, Of(given, context)))
            {
                case CustomerAnswer.Recorded or CustomerAnswer.KeyKnown:
                    return null;
                case CustomerAnswer.Taken { Of: CustomerWrite.Table } taken:
                    return new ReferralResult.DuplicateCustomerSourceId(taken.Value);
                case CustomerAnswer.Taken:
                    return RepeatedCalls.IsCurrent && await IsRefereeAsync(code, given) ? null : new ReferralResult.AlreadyAssigned();
                case CustomerAnswer.KeyReused:
                    return new ReferralResult.KeyReused();
                case CustomerAnswer.Invalid invalid:
                    return new ReferralResult.InvalidMetadata([.. invalid.Problems.Select(static problem => problem.Problem)]);
                default:
                    break;
            }
        }
    }

    private async Task<(VoucherView? Code, ReferralResult? Missing)> FindAsync(ReferralCodeReference reference)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        var campaigns = catalogue.Section<CampaignSection>();
        if (reference.Campaign is { } named && campaigns.Find(named) is not { IsReferral: true })
        {
            return (null, new ReferralResult.NotFound("campaign", named));
        }

        return await vouchers.FindRowAsync(catalogue, reference.Member) is { } row && campaigns.Find(row.Campaign) is { IsReferral: true, IsDeleted: false } campaign
            && (reference.Campaign is null || campaigns.Find(reference.Campaign)!.Number == campaign.Number)
                ? (await vouchers.ViewAsync(catalogue, row), null)
                : (null, new ReferralResult.NotFound("voucher", reference.Member));
    }

    private async Task<Dictionary<string, CustomerRow>> CustomersAsync(IReadOnlyList<RefereeCustomer> given)
    {
        var found = await Task.WhenAll(given.Select(one => customers.LoadAsync(Project, one.Id)));
        return found.OfType<CustomerRow>().ToDictionary(static row => row.Id, StringComparer.Ordinal);
    }

    private async Task<Dictionary<string, RawJson>> ShowAsync(VoucherView code, IReadOnlyList<ReferralRow> rows)
    {
        long[] numbersOf = [.. rows.Select(static row => row.Customer).Distinct()];
        var people = numbersOf.Length == 0 ? [] : (await customers.LoadManyAsync(Project, numbersOf)).ToDictionary(static row => row.Number, static row => row.Id);
        return rows.Where(row => people.ContainsKey(row.Customer)).ToDictionary(static row => row.Id, row => ReferralJson.Holder(row, code, people[row.Customer]), StringComparer.Ordinal);
    }
}
