using Marketing.Activity;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Projects;
using Marketing.Storage;

namespace Marketing.Webhooks;

/// <summary>
/// Owes webhooks what a commit makes true, in the same commit: what is not written is owed to nobody, and what is owed survives whatever happens next. The section of the catalogue says who listens, so that projects
/// without webhooks pay a look at it.
/// </summary>
internal sealed class WebhookEmission(
    Catalogues catalogues, ICustomerStore customers, AnnouncedVouchers vouchers, ProjectIds projects, WebhookSignals signals, INumbers numbers, TimeProvider clock) : CommitWatch
{
    private const string CustomerDeleted = "customer.deleted";

    public override bool Concerns(Commit commit) =>
        (commit.Activity.Count > 0 || commit.Removal is not null || AnnouncedVouchers.IsIn(commit)) && catalogues.Known(commit.Project)?.Section<WebhookSection>().IsSilent != true;

    public override async ValueTask AddAsync(Commit commit)
    {
        if (commit.Rows.Exists(static write => write.Table == SendoutTable.Sendouts))
        {
            // Given again: nobody knows what became of it, and what it owes has its ids.
            return;
        }

        // As the commit was matched, or newer: then it is refused, and comes again.
        var catalogue = await catalogues.GetAsync(commit.Project);
        var section = catalogue.Section<WebhookSection>();
        if (section.IsSilent)
        {
            return;
        }

        List<Announcement> announced =
        [
            .. await ActivityAsync(commit, section), .. await RemovalAsync(commit, section), .. await vouchers.OfAsync(commit, catalogue, section, clock.GetStoredNow()),
        ];
        await OweAsync(commit, announced, section);
    }

    public override void Committed(Commit commit)
    {
        foreach (var webhook in commit.Rows.Where(static write => write.Table == SendoutTable.Sendouts).Select(static write => ((SendoutRow)write.Row).Webhook).Distinct())
        {
            signals.Wake(commit.Project, webhook);
        }
    }

    private async ValueTask OweAsync(Commit commit, List<Announcement> announced, WebhookSection section)
    {
        var owed = announced.SelectMany(one => section.ListenersTo(one.Type), static (one, webhook) => (What: one, To: webhook)).ToList();
        if (owed.Count == 0)
        {
            return;
        }

        var projectId = await projects.OfAsync(commit.Project);
        var number = await numbers.NextRangeAsync(SendoutTable.Sendouts.Numbers, owed.Count);
        commit.Rows.AddRange(owed.Select(one => SendoutTable.Sendouts.Save(one.What.OwedTo(one.To, projectId, number++))));
    }

    private async ValueTask<IEnumerable<Announcement>> ActivityAsync(Commit commit, WebhookSection section)
    {
        var told = commit.Activity.SelectMany(entry => AnnouncedActivity.NamesOf(entry, section, isOfJob: commit.Import is not null), static (entry, name) => (Entry: entry, Name: name)).ToList();
        if (told.Count == 0)
        {
            return [];
        }

        // Those of a customer's own commit are in it; a lane gives codes to many.
        var people = new Dictionary<long, (string Id, byte[] Document)>();
        if (commit.Customer is { } customer)
        {
            people[customer.Number] = (customer.Id, customer.Document);
        }

        long[] others = [.. told.Select(static one => one.Entry.Customer).Where(number => !people.ContainsKey(number)).Distinct()];
        foreach (var row in others.Length == 0 ? [] : await customers.LoadManyAsync(commit.Project, others))
        {
            people[row.Number] = (row.Id, row.Document);
        }

        return told.Where(one => people.ContainsKey(one.Entry.Customer))
            .Select(one => AnnouncedActivity.Under(one.Name, one.Entry, people[one.Entry.Customer].Id, people[one.Entry.Customer].Document));
    }

    // Who is erased is in no log any more: only what the receiver needs to find whom to forget.
    private async ValueTask<IEnumerable<Announcement>> RemovalAsync(Commit commit, WebhookSection section)
    {
        if (commit.Removal is not { } removal || section.ListenersTo(CustomerDeleted).Count == 0 || await customers.LoadManyAsync(commit.Project, [removal.Number]) is not [var row])
        {
            return [];
        }

        return
        [
            new Announcement(CustomerDeleted, $"evcus_ff{removal.Number:x16}", row.Id, clock.GetStoredNow(), null, "API", null, ActivityData.Write(json =>
            {
                json.WriteStartObject("customer"u8);
                json.WriteString("id"u8, row.Id);
                json.WriteString("source_id"u8, CustomerJson.Read(row.Document).SourceId);
                json.WriteString("object"u8, "customer"u8);
                json.WriteEndObject();
            })),
        ];
    }
}
