using System.Text.Json;
using Marketing.Activity;
using Orleans.Concurrency;

namespace Marketing.Customers;

[GrainType("customer-queries"), StatelessWorker, Reentrant]
internal sealed class CustomerQueriesGrain(ICustomerStore store) : Grain, ICustomerQueriesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<Customer?> FindAsync(string idOrSourceId, CancellationToken cancellation) =>
        await FindRowAsync(idOrSourceId) is { } row ? CustomerJson.Read(row.Document) : null;

    public async Task<string> ResolveAsync(string? id, string? sourceId, CancellationToken cancellation)
    {
        if (id is not null)
        {
            return id;
        }

        return sourceId is null
            ? ObjectIds.New("cust_")
            : await store.FindIdBySourceAsync(Project, sourceId) ?? ObjectIds.FromSource("cust_", Project, sourceId);
    }

    public async Task<string?> FindIdAsync(string idOrSourceId, CancellationToken cancellation) => (await FindRowAsync(idOrSourceId))?.Id;

    public async Task<Page<Customer>> ListAsync(CustomerListQuery query, CancellationToken cancellation)
    {
        var page = await store.ListAsync(Project, query, segment: null, cancellation);
        return page.Of<Customer>([.. page.Items.Select(row => CustomerJson.Read(row.Document))]);
    }

    public async Task<IReadOnlyList<Customer>> SearchAsync(string text, int limit, CancellationToken cancellation) =>
        [.. (await store.SearchAsync(Project, text, limit, cancellation)).Select(static row => CustomerJson.Read(row.Document))];

    public async Task<Page<ActivityEntry>?> ActivityAsync(string customerId, ActivityQuery query, CancellationToken cancellation)
    {
        if (await FindRowAsync(customerId) is not { } row)
        {
            return null;
        }

        var page = await ((query.Campaign ?? query.CampaignType) is null ? store.ActivityAsync(row.Number, query, cancellation) : CampaignActivity.ListAsync(store, row.Number, query, cancellation));
        return new Page<ActivityEntry>([.. page.Items.Select(entry => Entry(entry, row))], page.Total, page.HasMore);
    }

    private Task<CustomerRow?> FindRowAsync(string idOrSourceId) => store.FindAsync(Project, idOrSourceId);

    private static ActivityEntry Entry(ActivityRow row, CustomerRow customer)
    {
        var data = ActivityData.Write(json =>
        {
            json.WritePropertyName("customer");
            CustomerView.Write(customer.Id, customer.Document, row.Type, json);
            using var stored = JsonDocument.Parse(row.Data);
            foreach (var property in stored.RootElement.EnumerateObject().Where(static property => property.Name != "customer"))
            {
                property.WriteTo(json);
            }
        });

        return new ActivityEntry
        {
            Id = row.Id,
            Type = row.Type,
            Data = new RawJson(data),
            Channel = row.Channel,
            CreatedAt = row.At,
            GroupId = row.GroupId,
        };
    }
}
