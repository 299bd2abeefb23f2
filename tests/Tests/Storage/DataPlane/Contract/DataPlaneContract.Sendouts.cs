using Marketing.Webhooks;
using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    [Fact]
    public async Task What_is_owed_to_a_webhook_is_found_in_the_order_in_which_it_is_due()
    {
        var (webhook, other) = (await WebhookAsync(), await WebhookAsync());
        var (late, early) = (Sendout(webhook) with { DueAt = Any.Noon.AddHours(2) }, Sendout(webhook) with { DueAt = Any.Noon.AddHours(1) });
        var (posted, foreign) = (Sendout(webhook) with { DueAt = null, Status = SendoutRow.Succeeded }, Sendout(other) with { DueAt = Any.Noon });
        await SaveAsync(late, early, posted, foreign);

        Assert.Equal([early.Id], (await Plane.Sendouts.DueAsync(webhook.Number, Any.Noon.AddHours(1), 10)).Select(row => row.Id));
        Assert.Equal([early.Id, late.Id], (await Plane.Sendouts.DueAsync(webhook.Number, Any.Noon.AddHours(3), 10)).Select(row => row.Id));
        Assert.Equal([early.Id], (await Plane.Sendouts.DueAsync(webhook.Number, Any.Noon.AddHours(3), 1)).Select(row => row.Id));
        Assert.Equal("{}"u8.ToArray(), (await Plane.Sendouts.DueAsync(webhook.Number, Any.Noon.AddHours(3), 1))[0].Body);
        Assert.Equal(Any.Noon.AddHours(1), await Plane.Sendouts.NextDueAsync(webhook.Number));
        Assert.Null(await Plane.Sendouts.NextDueAsync(Any.Number()));

        string[] mine = [webhook.Id, other.Id];
        Assert.Equal([other.Id], (await Plane.Sendouts.OwingAsync(Any.Noon)).Select(one => one.Webhook).Intersect(mine));
        Assert.Equal(mine.Order(), (await Plane.Sendouts.OwingAsync(Any.Noon.AddHours(1))).Select(one => one.Webhook).Intersect(mine).Order());
        await Plane.CommitAsync(commit => commit.Rows.Add(WebhookTable.Webhooks.Save(webhook with { Version = 1, IsActive = false })));
        Assert.Equal([other.Id], (await Plane.Sendouts.OwingAsync(Any.Noon.AddHours(1))).Select(one => one.Webhook).Intersect(mine));
    }

    [Fact]
    public async Task Sendouts_are_listed_the_newest_first_and_by_what_became_of_them()
    {
        var webhook = await WebhookAsync();
        SendoutRow[] rows = [.. Enumerable.Range(0, 6).Select(hour => Sendout(webhook) with
        {
            CreatedAt = Any.Noon.AddHours(hour),
            Type = hour % 2 == 0 ? "customer.created" : "customer.updated",
            Status = hour < 2 ? SendoutRow.Owed : hour < 4 ? SendoutRow.Failed : SendoutRow.Succeeded,
            DueAt = hour < 2 ? Any.Noon : null,
        })];
        await SaveAsync(rows);

        Assert.Equal("5 4 3 of 6, more", await ShownAsync(new SendoutQuery { Limit = 3 }));
        Assert.Equal("2 1 0 of 6", await ShownAsync(new SendoutQuery { Limit = 3, Page = 2 }));
        Assert.Equal("3 2 of 2", await ShownAsync(new SendoutQuery { Status = "failed" }));
        Assert.Equal("4 of 1", await ShownAsync(new SendoutQuery { Status = "succeeded", Type = "customer.created" }));
        Assert.Equal("3 2 of 2", await ShownAsync(new SendoutQuery { Between = new TimeRange(Any.Noon.AddHours(4), Any.Noon.AddHours(1)) }));
        Assert.Empty((await Plane.Sendouts.ListAsync(webhook.Number, new SendoutQuery(), Token)).Items[0].Body);

        Assert.Equal([rows[2].Id, rows[3].Id], await FinishedAsync(Any.Noon, all: false, 0));
        Assert.Equal([rows[3].Id, rows[4].Id, rows[5].Id], await FinishedAsync(Any.Noon.AddHours(3), all: true, 0));
        Assert.Equal([rows[5].Id], await FinishedAsync(Any.Noon, all: true, rows[4].Number));

        async Task<string> ShownAsync(SendoutQuery query)
        {
            var page = await Plane.Sendouts.ListAsync(webhook.Number, query, Token);
            return $"{string.Join(' ', page.Items.Select(row => (row.CreatedAt - Any.Noon).TotalHours))} of {page.Total}{(page.HasMore ? ", more" : "")}";
        }

        async Task<IEnumerable<string>> FinishedAsync(DateTimeOffset since, bool all, long after) =>
            (await Plane.Sendouts.FinishedAsync(webhook.Number, since, all, after, 10)).Select(row => row.Id);
    }

    [Fact]
    public async Task Sendouts_go_with_their_customer_and_when_they_are_old()
    {
        var (webhook, customer) = (await WebhookAsync(), await Plane.StoredCustomerAsync());
        var (about, old, young) = (Sendout(webhook) with { Customer = customer.Number }, Sendout(webhook) with { CreatedAt = Any.Noon.AddYears(-50) }, Sendout(webhook));
        await SaveAsync(about, old, young);

        var found = (await Plane.Sendouts.OldAsync(Any.Noon.AddYears(-49), 10)).Where(one => one.Row.Webhook == webhook.Number).ToList();
        Assert.Equal([(Plane.Project, old.Id)], found.Select(one => (one.Project, one.Row.Id)));
        Assert.Equal(CommitOutcome.Durable, await Plane.CommitAsync(commit => commit.Rows.Add(SendoutTable.Sendouts.Delete(found[0].Row))));
        Assert.Equal(CommitOutcome.Durable, await Plane.CommitAsync(commit => commit.Removal = new CustomerRemoval(customer.Number, 1, [])));
        Assert.Equal([young.Id], (await Plane.Sendouts.SomeAsync(webhook.Number, 10)).Select(row => row.Id));
    }

    private async Task<WebhookRow> WebhookAsync()
    {
        var row = new WebhookRow(Plane.Next(WebhookTable.Webhooks.Numbers), Any.Id("wh"), 0, "https://shop.example", "customer.created", true, null, null, "", Any.Noon, null);
        Assert.Equal(CommitOutcome.Durable, await Plane.CommitAsync(commit => commit.Rows.Add(WebhookTable.Webhooks.Save(row))));
        return row;
    }

    private SendoutRow Sendout(WebhookRow webhook) => new()
    {
        Number = Plane.Next(SendoutTable.Sendouts.Numbers),
        Id = Any.Id("whs"),
        Webhook = webhook.Number,
        Type = "customer.created",
        Status = SendoutRow.Owed,
        DueAt = Any.Noon,
        CreatedAt = Any.Noon,
        Body = "{}"u8.ToArray(),
    };

    private async Task SaveAsync(params SendoutRow[] rows) =>
        Assert.Equal(CommitOutcome.Durable, await Plane.CommitAsync(commit => commit.Rows.AddRange(rows.Select(SendoutTable.Sendouts.Save))));
}
