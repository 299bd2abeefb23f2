using Marketing.AsyncActions;
using Marketing.Branding;
using Marketing.Campaigns;
using Marketing.CampaignTemplates;
using Marketing.Catalogue;
using Marketing.Categories;
using Marketing.Channels;
using Marketing.Connections;
using Marketing.Customers;
using Marketing.Discounts;
using Marketing.Distributions;
using Marketing.Distributions.Evidence;
using Marketing.Exports;
using Marketing.Images;
using Marketing.Loyalties;
using Marketing.MessageTemplates;
using Marketing.MetadataSchemas;
using Marketing.OAuth;
using Marketing.Orders;
using Marketing.ProductCollections;
using Marketing.Products;
using Marketing.Promotions;
using Marketing.Publications;
using Marketing.Redemptions;
using Marketing.Referrals;
using Marketing.Rewards;
using Marketing.Segments;
using Marketing.Storage.Relational;
using Marketing.Suppressions;
using Marketing.Topics;
using Marketing.Tracking;
using Marketing.ValidationRules;
using Marketing.Vouchers;
using Marketing.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Storage.DataPlane;

/// <summary>A data plane as a silo has it, with the little sugar the tests share.</summary>
internal sealed class Plane : IAsyncDisposable
{
    public const int Project = 7;

    private readonly ServiceProvider _services;

    private Plane(ServiceProvider services) => _services = services;

    public ICatalogueVersions Catalogues => _services.GetRequiredService<ICatalogueVersions>();

    public ICommitter Committer => _services.GetRequiredService<ICommitter>();

    public INumbers Numbers => _services.GetRequiredService<INumbers>();

    /// <summary>For building rows: waits here, as nothing that runs in a silo may.</summary>
    public long Next(NumberSequence sequence) => Numbers.NextAsync(sequence).AsTask().GetAwaiter().GetResult();

    public ICustomerStore Customers => _services.GetRequiredService<ICustomerStore>();

    public IOperationStore Operations => _services.GetRequiredService<IOperationStore>();

    public ITableStore<OrderRow> Orders => _services.GetRequiredService<ITableStore<OrderRow>>();

    public ITableStore<ProductRow> Products => _services.GetRequiredService<ITableStore<ProductRow>>();

    public ITableStore<SkuRow> Skus => _services.GetRequiredService<ITableStore<SkuRow>>();

    public ITableStore<VoucherRow> Vouchers => _services.GetRequiredService<ITableStore<VoucherRow>>();

    public ITableStore<PublicationRow> Publications => _services.GetRequiredService<ITableStore<PublicationRow>>();

    public ITableStore<RedemptionRow> Redemptions => _services.GetRequiredService<ITableStore<RedemptionRow>>();

    public ITallyStore Tallies => _services.GetRequiredService<ITallyStore>();

    public ITableStore<ExportRow> Exports => _services.GetRequiredService<ITableStore<ExportRow>>();

    public ITableStore<OAuthTokenRow> Tokens => _services.GetRequiredService<ITableStore<OAuthTokenRow>>();

    public IBalanceStore Balances => _services.GetRequiredService<IBalanceStore>();

    public TableSet Tables => _services.GetRequiredService<TableSet>();

    public IMessageQueue Queue => _services.GetRequiredService<IMessageQueue>();

    public ISegmentStore Segments => _services.GetRequiredService<ISegmentStore>();

    public ICustomerScans Scans => _services.GetRequiredService<ICustomerScans>();

    public IMemberScans Members => _services.GetRequiredService<IMemberScans>();

    public ISuppressionLookup Suppressed => _services.GetRequiredService<ISuppressionLookup>();

    public ISuppressionStore Suppressions => _services.GetRequiredService<ISuppressionStore>();

    public IDistributionStore Distributions => _services.GetRequiredService<IDistributionStore>();

    public ICourtesyStore Courtesy => _services.GetRequiredService<ICourtesyStore>();

    public IEvidenceStore Evidence => _services.GetRequiredService<IEvidenceStore>();

    public ISendSlots Slots => _services.GetRequiredService<ISendSlots>();

    public ISendoutStore Sendouts => _services.GetRequiredService<ISendoutStore>();

    public IRetentionStore Retention => _services.GetRequiredService<IRetentionStore>();

    public IAsyncActionStore Actions => _services.GetRequiredService<IAsyncActionStore>();

    /// <summary>Makes rows as an earlier version left them.</summary>
    public Task<int> RunAsync(SqlQuery change) => _services.GetRequiredService<ISqlDatabase>().WriteAsync(session => session.RunAsync(change));

    public Task<long?> NumberAsync(SqlQuery query) => _services.GetRequiredService<ISqlDatabase>().PointAsync(session => session.NumberAsync(query));

    public static async Task<Plane> StartAsync(Action<IServiceCollection> addDataPlane)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ICatalogueFence, CatalogueVersions>();
        services.AddOrders();
        services.AddProducts();
        services.AddCategories();
        services.AddTopics();
        services.AddBranding();
        services.AddMessageTemplates();
        services.AddImages();
        services.AddTracking();
        services.AddDiscounts();
        services.AddCampaigns();
        services.AddCampaignTemplates();
        services.AddVouchers();
        services.AddPromotions();
        services.AddPublications();
        services.AddReferrals();
        services.AddRewards();
        services.AddLoyalties();
        services.AddRedemptions();
        services.AddValidationRules();
        services.AddProductCollections();
        services.AddMetadataSchemas();
        services.AddOAuth();
        services.AddExports();
        services.AddChannelConnections();
        services.AddWebhooks();
        addDataPlane(services);
        var provider = services.BuildServiceProvider();
        foreach (var starting in provider.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
        {
            await starting.StartingAsync(CancellationToken.None);
        }

        return new Plane(provider);
    }

    /// <summary>Notes something in the log of a distribution, as its grain does: with its row.</summary>
    public async Task LogAsync(int distribution, string type, DateTimeOffset at)
    {
        DistributionRow row;
        do
        {
            var made = Any.Distribution(distribution);
            row = await Distributions.FindAsync(made.Project, made.Id) ?? made;
        }
        while (await Distributions.SaveAsync(row, new DistributionLogEntry(type, at, null)) == DistributionSave.Overtaken);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
