using System.Text.Json;
using Marketing.AsyncActions;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Customers;
using Marketing.Distributions;
using Marketing.Events;
using Marketing.Orders;
using Marketing.Projects;
using Marketing.Promotions;
using Marketing.Segments;
using Xunit;

namespace Marketing.Behaviour;

/// <summary>One project, seen as another Orleans client sees it: what it does. What it sees is in the other part.</summary>
internal sealed partial class Shop(Engine engine, Project project)
{
    private int _names;

    public string ProjectId => project.Id;

    public int Number => project.Number;

    public Engine Engine => engine;

    private IGrainFactory Grains => engine.Grains;

    public async Task<Customer> GivenCustomerAsync(string id, string? plan = null)
    {
        var patch = new CustomerPatch { Present = CustomerFields.Name | CustomerFields.Email, SourceId = $"source-{id}", Name = id, Email = $"{id}@example.com" };
        return await SaveAsync(id, plan is null ? patch : patch with { Present = patch.Present | CustomerFields.Metadata, Metadata = PlanOf(plan) });
    }

    public Task GivenCustomersAsync(int count, string? plan = null) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(number => GivenCustomerAsync($"c{number}", plan)));

    public async Task<Customer> SaveAsync(string id, CustomerPatch patch) =>
        Assert.IsType<CustomerAnswer.Recorded>(await TrySaveAsync(id, patch)).Customer;

    public Task<CustomerAnswer> TrySaveAsync(string id, CustomerPatch patch, CommandContext? context = null, bool mustExist = false) =>
        Grains.Customer(Number, id).RecordAsync(new ProfileGiven(patch, mustExist ? Presence.MustExist : Presence.Any), context ?? Context());

    public Task<Customer> PutOnPlanAsync(string id, string? plan) =>
        SaveAsync(id, new CustomerPatch { Present = CustomerFields.Metadata, Metadata = PlanOf(plan) });

    public Task DeleteAsync(string customer) => Grains.Customer(Number, customer).DeleteAsync(Context());

    public async Task<string> TrackAsync(string customer, string name) =>
        Assert.Single(Assert.IsType<CustomerAnswer.Recorded>(await TryTrackAsync(customer, name)).EventIds);

    public Task<CustomerAnswer> TryTrackAsync(string customer, string name, CommandContext? context = null) =>
        Grains.Customer(Number, customer).RecordAsync(new CustomEventsHappened([new CustomEventCommand { Name = name }]), context ?? Context());

    public async Task<JsonElement> OrderAsync(string order, string? customer, string? status = null, long? amount = null, bool import = false) =>
        Assert.IsType<OrderResult.Saved>(await TryOrderAsync(
            order, new OrderCommand { CustomerId = customer, Status = status, Amount = amount, Import = import })).Order.ToElement();

    public Task<OrderResult> TryOrderAsync(string order, OrderCommand command, CommandContext? context = null) =>
        Grains.Order(Number, order).SaveAsync(command, context ?? Context());

    /// <summary>A segment that has looked at every customer.</summary>
    public async Task<string> GivenSegmentAsync(string filter, string type = "auto-update")
    {
        var id = await CreateSegmentAsync(filter, type);
        await SyncedAsync(id);
        return id;
    }

    public async Task<string> CreateSegmentAsync(string filter, string type = "auto-update")
    {
        var id = $"seg_{Guid.NewGuid():N}";
        Assert.IsType<SegmentResult.Saved>(await Grains.Segment(Number, id).CreateAsync(
            new SegmentDefinition { Name = Name("Segment"), Type = type, Filter = RawJson.Parse(filter) }, Context()));
        return id;
    }

    public async Task<string> GivenStaticSegmentAsync(params string[] customers)
    {
        var id = $"seg_{Guid.NewGuid():N}";
        Assert.IsType<SegmentResult.Saved>(await Grains.Segment(Number, id).CreateAsync(
            new SegmentDefinition { Name = Name("Segment"), Type = "static", Customers = customers }, Context()));
        return id;
    }

    /// <summary>A promotion tier of ten percent, in a campaign of its own.</summary>
    public async Task<string> GivenTierAsync()
    {
        var (campaign, tier) = (ObjectIds.New("camp_"), ObjectIds.New("promo_"));
        Assert.IsType<CampaignResult.Saved>(await Grains.Campaign(Number, campaign).CreateAsync(new CampaignCommand { Name = campaign, CampaignType = CampaignTypes.Promotion }, Context()));
        Assert.IsType<PromotionResult.Saved>(await Grains.Promotions(Number).CreateTierAsync(
            tier,
            campaign,
            new PromotionTierCommand { Name = "Tenth", Fields = RawJson.Parse("""{"banner":"10% off","action":{"discount":{"type":"PERCENT","percent_off":10}}}""") },
            Context()));
        return tier;
    }

    public Task SyncedAsync(string segment) =>
        engine.EventuallyAsync(async () => (await Grains.Segment(Number, segment).FindAsync())!.InitialSyncStatus == "DONE");

    public ISegmentGrain Segment(string id) => Grains.Segment(Number, id);

    public Task<SegmentDeletion> DeleteSegmentAsync(string segment) => Segment(segment).DeleteAsync();

    /// <summary>A draft of an automatic distribution through the scripted channel.</summary>
    public DistributionDraft On(string trigger, string? customEvent = null, string? segment = null) => new()
    {
        Name = Name("Automatic"),
        Type = "automatic",
        Trigger = new TriggerDefinition { Type = trigger, CustomEvent = customEvent, SegmentId = segment },
        Action = new ActionDefinition { Type = ActionCatalogue.PlainMessage },
        Channels = [Through("test")],
    };

    public DistributionDraft OnEvent(string name) => On(TriggerCatalogue.CustomEvent, customEvent: name);

    public DistributionDraft OnEntering(string segment) => On(TriggerCatalogue.SegmentEntered, segment: segment);

    public DistributionDraft OnLeaving(string segment) => On(TriggerCatalogue.SegmentLeft, segment: segment);

    public DistributionDraft ToSegment(string segment) => Manual(new AudienceDefinition { SegmentId = segment });

    public DistributionDraft ToCustomer(string customer) => Manual(new AudienceDefinition { Customer = customer });

    public static ChannelDefinition Through(string channel, string text = "Hello") => new() { Type = channel, Template = new ChannelTemplate { Text = text } };

    public async Task<string> GivenDistributionAsync(DistributionDraft draft)
    {
        var id = $"dis_{Guid.NewGuid():N}";
        Assert.IsType<DistributionResult.Done>(await Grains.Distribution(Number, id).CreateAsync(draft, Context()));
        return id;
    }

    public async Task<string> GivenActiveAsync(DistributionDraft draft)
    {
        var id = await GivenDistributionAsync(draft);
        await ActivateAsync(id);
        return id;
    }

    public IDistributionGrain Distribution(string id) => Grains.Distribution(Number, id);

    public async Task<Distribution> ActivateAsync(string id) => Done(await Distribution(id).ActivateAsync());

    public async Task<Distribution> PauseAsync(string id) => Done(await Distribution(id).PauseAsync());

    public async Task<Distribution> ResumeAsync(string id) => Done(await Distribution(id).ResumeAsync());

    public async Task<Distribution> StopAsync(string id) => Done(await Distribution(id).StopAsync());

    public async Task<Distribution> EditAsync(string id, DistributionDraft draft) => Done(await Distribution(id).EditAsync(draft));

    public async Task<AsyncAction> ImportAsync(string type, string payload, string? id = null, ImportOptions? options = null)
    {
        id ??= $"as_{Guid.NewGuid():N}";
        Assert.True(await Grains.AsyncAction(Number, id).StartAsync(type, System.Text.Encoding.UTF8.GetBytes(payload), Context(), options));
        await engine.EventuallyAsync(async () => (await Grains.AsyncAction(Number, id).FindAsync())!.Status is "DONE" or "FAILED");
        return (await Grains.AsyncAction(Number, id).FindAsync())!;
    }

    public static CommandContext Context(string? key = null, string? fingerprint = null) =>
        new() { RequestId = $"v-{Guid.NewGuid():N}", Channel = "API", IdempotencyKey = key, Fingerprint = fingerprint };

    private static RawJson PlanOf(string? plan) => new(JsonSerializer.SerializeToUtf8Bytes(new { plan }));

    private static Distribution Done(DistributionResult result) => result is DistributionResult.Invalid invalid
        ? throw new Xunit.Sdk.XunitException(string.Join("; ", invalid.Problems))
        : Assert.IsType<DistributionResult.Done>(result).Distribution;

    private DistributionDraft Manual(AudienceDefinition audience) => new()
    {
        Name = Name("Manual"),
        Type = "manual",
        Audience = audience,
        Action = new ActionDefinition { Type = ActionCatalogue.PlainMessage },
        Channels = [Through("test")],
    };

    private string Name(string kind) => $"{kind} {Interlocked.Increment(ref _names)}";
}
