using System.Diagnostics;
using Xunit;
using Span = System.Diagnostics.Activity;

namespace Marketing.Observability;

/// <summary>What a trace tells, and what it does not.</summary>
[Collection(ObservedApiTests.Name)]
public sealed class TraceTests(ObservedApiHost api)
{
    [Fact]
    public async Task A_request_and_the_hand_off_it_leads_to_are_joined_by_the_request_id()
    {
        using var shop = await api.NewProjectAsync();
        var visits = await Distributions.GoLiveAsync(shop);
        var answer = await shop.PostAsync("/v1/events", """{"event":"visit","customer":{"source_id":"ann@example.com","email":"ann@example.com"}}""");
        answer.Ok();
        await Distributions.SentAsync(shop, visits, 1);
        var exported = api.Exported();

        var joined = api.Spans.Where(span => Equals(span.GetTagItem(EngineTraces.RequestId), answer.Header("X-Request-Id"))).ToArray();
        var request = Assert.Single(joined, span => span.Kind == ActivityKind.Server);
        var message = Assert.Single(joined, span => span.OperationName == EngineTraces.HandOffMessage);
        Assert.Equal("Sent", message.GetTagItem(EngineTraces.Outcome));

        // The commit belongs to the request, through the grain; the hand-off has a trace of its own.
        var commit = Assert.Single(api.Spans, span => span.OperationName == EngineTraces.Commit && span.TraceId == request.TraceId);
        Assert.Equal("durable", commit.GetTagItem(EngineTraces.Outcome));
        var batch = Assert.Single(api.Spans, span => span.SpanId == message.ParentSpanId);
        Assert.Equal((EngineTraces.HandOff, default), (batch.OperationName, batch.ParentSpanId));
        Assert.NotEqual(request.TraceId, batch.TraceId);
        Assert.Equal(
            ("discard", visits, 1),
            (batch.GetTagItem(EngineTraces.Channel), batch.GetTagItem(EngineTraces.DistributionId), batch.GetTagItem(EngineTraces.MessageCount)));

        Assert.Contains(answer.Header("X-Request-Id")!, exported, StringComparison.Ordinal);
        Assert.DoesNotContain("ann@example.com", exported, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_the_token_of_an_unsubscribe_link_nor_an_address_in_a_path_leaves_the_process()
    {
        using var shop = await api.NewProjectAsync();
        using var anybody = api.Anonymous();
        var token = await api.UnsubscribeTokenAsync(shop.Project.Number, "ann@example.com");
        Assert.Equal(200, (await anybody.GetAsync($"/u/{token}?token={token}")).Status);
        Assert.Equal(404, (await anybody.GetAsync($"/nowhere/{token}")).Status);
        Assert.Equal(404, (await shop.GetAsync("/v1/customers/ann@example.com?email=ann@example.com")).Status);
        var exported = api.Exported();

        Assert.Contains("/u/{token}", exported, StringComparison.Ordinal);
        Assert.Contains("/v1/customers/{customerId}", exported, StringComparison.Ordinal);
        Assert.DoesNotContain(token, exported, StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", string.Join('\n', api.Spans.SelectMany(span => span.TagObjects)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_begins_with_a_request_or_a_hand_off_and_never_with_a_probe()
    {
        using var local = api.Anonymous();
        await local.GetAsync("/health/ready");
        await local.GetAsync("/metrics");
        api.Exported();

        var roots = api.Spans.Where(span => span.ParentSpanId == default).ToArray();
        Assert.All(roots, root => Assert.True(IsRequest(root) || root.OperationName == EngineTraces.HandOff, $"{root.Source.Name}: {root.DisplayName}"));
        Assert.DoesNotContain(roots, root => root.DisplayName.Contains("/health", StringComparison.Ordinal) || root.DisplayName.Contains("/metrics", StringComparison.Ordinal));
    }

    private static bool IsRequest(Span span) => span is { Kind: ActivityKind.Server, Source.Name: "Microsoft.AspNetCore" };
}
