using Marketing.Activity;
using Marketing.Distributions;
using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    [Fact]
    public async Task A_distribution_shows_its_log_and_messages_newest_first_and_its_series()
    {
        var number = Any.Number();
        await Plane.Distributions.SaveAsync(Any.Distribution(number), new("distribution.activated", Any.Noon, null));
        var messages = Enumerable.Range(0, 7).Select(index => Plane.Message(number, index + 1)).ToArray();
        await Plane.CommitAsync(commit => commit.Messages.AddRange(messages));
        await Plane.MoveAsync(
        [
            .. messages.Select(message => message.Move(MessageStatus.Queued, MessageStatus.Sending)),
            messages[0].Move(MessageStatus.Sending, MessageStatus.Retrying),
            messages[0].Move(MessageStatus.Retrying, MessageStatus.Sending),
            messages[0].Move(MessageStatus.Sending, MessageStatus.Sent, at: Any.Noon.AddMinutes(1)) with { Recovered = true },
            messages[1].Move(MessageStatus.Sending, MessageStatus.Failed, at: Any.Noon.AddMinutes(61)) with { Reason = "550" },
            messages[2].Move(MessageStatus.Sending, MessageStatus.Skipped, at: Any.Noon.AddMinutes(61)) with { Reason = "no_address" },
            messages[3].Move(MessageStatus.Sending, MessageStatus.Sent, at: Any.Noon.AddDays(1)),
        ]);
        await Plane.Distributions.SaveAsync(Any.Distribution(number) with { Revision = 1 }, new("distribution.stopped", Any.Noon.AddDays(2), "by hand"));

        var types = new List<string>();
        for (string? after = null; ;)
        {
            var page = await Plane.Distributions.ActivityAsync(number, new ActivityQuery { Limit = 2, StartingAfterId = after }, Token);
            types.AddRange(page.Items.Select(happened => happened.Type));
            if (!page.HasMore)
            {
                break;
            }

            after = page.Items[^1].Id;
        }

        Assert.Equal(
            ["distribution.stopped", "message.sent", "message.skipped", "message.failed", "message.recovered", "distribution.activated"], types);
        foreach (var type in types.Where(type => type.StartsWith("message.", StringComparison.Ordinal)))
        {
            Assert.Equal(type, Assert.Single((await Plane.Distributions.ActivityAsync(number, new ActivityQuery { Limit = 2, Type = type }, Token)).Items).Type);
        }

        var failed = Assert.Single((await Plane.Distributions.MessagesAsync(number, new() { Status = "failed" }, Token)).Items);
        Assert.Equal(("550", 1), (failed.Reason, failed.Attempts));
        Assert.Equal(2, (await Plane.Distributions.MessagesAsync(number, new() { Status = "sent" }, Token)).Items.Count);
        Assert.Equal(3, (await Plane.Distributions.MessagesAsync(number, new() { Status = "sending" }, Token)).Items.Count);

        var hours = await Plane.Distributions.SeriesAsync(number, new("hour", null, null), Token);
        Assert.Equal([(Any.Noon, 1L, 0L, 1L), (Any.Noon.AddHours(1), 0, 1, 0), (Any.Noon.AddDays(1), 1, 0, 0)],
            hours.Select(point => (point.At, point.Sent, point.Failed, point.Recovered)));
        var days = await Plane.Distributions.SeriesAsync(number, new("day", Any.Noon.AddHours(5), null), Token);
        Assert.Equal([(1L, 1L, 1L), (1, 0, 0)], days.Select(point => (point.Sent, point.Failed, point.Skipped)));
    }

    [Fact]
    public async Task Distributions_are_listed_by_their_columns_and_keep_their_names_apart()
    {
        var (one, two) = (Any.Number(), Any.Number());
        Assert.Equal(DistributionSave.Saved, await Plane.Distributions.SaveAsync(Any.Distribution(one, "100% off_now", "email") with { Subject = "Hi" }, null));
        Assert.Equal(
            DistributionSave.Saved, await Plane.Distributions.SaveAsync(Any.Distribution(two, "100 percent", "email", "webhook") with { Status = "live" }, null));
        Assert.Equal(DistributionSave.NameTaken, await Plane.Distributions.SaveAsync(Any.Distribution(two, "100% off_now") with { Revision = 1 }, null));
        Assert.False(await Plane.Distributions.NameIsFreeAsync(Plane.Project, two, "100% off_now"));
        Assert.True(await Plane.Distributions.NameIsFreeAsync(Plane.Project, one, "100% off_now"));

        async Task<int[]> Find(DistributionListQuery query) =>
            [.. (await Plane.Distributions.ListAsync(Plane.Project, query, brief: false, Token)).Items.Select(row => row.Number)];

        Assert.Equal<int[]>([one], await Find(new() { Text = "0% OFF_" }));
        Assert.Equal<int[]>([two], await Find(new() { Channel = "webhook" }));
        Assert.Empty(await Find(new() { Channel = "mail" }));
        Assert.Equal<int[]>([two, one], await Find(new() { Order = "name" }));
        Assert.Equal([two], (await Plane.Distributions.InStatusAsync(Plane.Project, "live", "paused")).Select(row => row.Number));
        Assert.Equal(["email", "webhook"], (await Plane.Distributions.FindAsync(Plane.Project, $"distr_{two}"))!.Channels);

        await Plane.Distributions.DeleteAsync(one);
        Assert.Equal<int[]>([two], await Find(new()));
    }

    [Theory]
    [InlineData("created_at")]
    [InlineData("-created_at")]
    [InlineData("updated_at")]
    [InlineData("-updated_at")]
    [InlineData("name")]
    [InlineData("-name")]
    public async Task Distributions_are_read_on_from_one_of_them_in_every_order(string order)
    {
        var project = Any.Number();
        for (var i = 0; i < 9; i++)
        {
            // Some at one instant, some without a name or never changed.
            var row = Any.Distribution(Any.Number()) with
            {
                Project = project,
                Name = i % 3 == 0 ? null : $"N{i * 7 % 9}",
                CreatedAt = Any.Noon.AddHours(i / 2),
                UpdatedAt = i % 4 == 1 ? null : Any.Noon.AddDays(i / 3),
                Status = i == 4 ? "live" : "draft",
            };
            Assert.Equal(DistributionSave.Saved, await Plane.Distributions.SaveAsync(row, null));
        }

        foreach (var status in (string?[])[null, "draft"])
        {
            var query = new DistributionListQuery { Order = order, Status = status, Limit = 100 };
            var whole = (await Plane.Distributions.ListAsync(project, query, brief: false, Token)).Items.Select(row => row.Id).ToList();
            Assert.Equal(status is null ? 9 : 8, whole.Count);
            var walked = new List<string>();
            for (string? after = null; ;)
            {
                var page = await Plane.Distributions.ListAsync(project, query with { Limit = 2, StartingAfterId = after }, brief: true, Token);
                walked.AddRange(page.Items.Select(row => row.Id));
                Assert.Equal((whole.Count, walked.Count < whole.Count), (page.Total, page.HasMore));
                after = walked[^1];
                if (!page.HasMore)
                {
                    break;
                }
            }

            Assert.Equal(whole, walked);
        }

        Assert.Empty((await Plane.Distributions.ListAsync(project, new() { StartingAfterId = "distr_none" }, brief: false, Token)).Items);
        Assert.Empty((await Plane.Distributions.ListAsync(project, new() { Triggers = ["customer.order.paid"] }, brief: false, Token)).Items);
    }

    [Fact]
    public async Task Lists_take_the_document_without_templates_where_there_is_one()
    {
        var project = Any.Number();
        var one = Any.Distribution(Any.Number()) with { Project = project, Summary = "{\"brief\":1}"u8.ToArray() };
        var two = Any.Distribution(Any.Number()) with { Project = project };
        await Plane.Distributions.SaveAsync(one, null);
        await Plane.Distributions.SaveAsync(two, null);
        var query = new DistributionListQuery { Order = "name" };
        async Task<byte[][]> Documents(bool brief) => [.. (await Plane.Distributions.ListAsync(project, query, brief, Token)).Items.OrderBy(row => row.Number == two.Number).Select(row => row.Document)];
        Assert.Equal([one.Document, two.Document], await Documents(brief: false));
        Assert.Equal([one.Summary!, two.Document], await Documents(brief: true));

        await Plane.Distributions.SaveAsync(one with { Revision = 1, Summary = "{\"brief\":2}"u8.ToArray() }, null);
        Assert.Equal("{\"brief\":2}"u8.ToArray(), (await Documents(brief: true))[0]);
        Assert.Equal(one.Document, (await Plane.Distributions.FindAsync(project, one.Id))!.Document);
    }
}
