using System.Net.Mime;
using Marketing.AsyncActions;
using Marketing.Branding;
using Marketing.Campaigns;
using Marketing.CampaignTemplates;
using Marketing.Categories;
using Marketing.Connections;
using Marketing.Customers;
using Marketing.Demo;
using Marketing.Discounts;
using Marketing.Distributions;
using Marketing.Events;
using Marketing.Exports;
using Marketing.FilterCatalogue;
using Marketing.Hosting;
using Marketing.Http;
using Marketing.Images;
using Marketing.Loyalties;
using Marketing.MessageTemplates;
using Marketing.MetadataSchemas;
using Marketing.OAuth;
using Marketing.Observability;
using Marketing.Orders;
using Marketing.ProductCollections;
using Marketing.Products;
using Marketing.Projects;
using Marketing.Promotions;
using Marketing.Publications;
using Marketing.Qualifications;
using Marketing.Redemptions;
using Marketing.Referrals;
using Marketing.Rewards;
using Marketing.Search;
using Marketing.Segments;
using Marketing.Suppressions;
using Marketing.Topics;
using Marketing.Tracking;
using Marketing.Ui;
using Marketing.ValidationRules;
using Marketing.Vouchers;
using Marketing.Vouchers.Assets;
using Marketing.Webhooks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Marketing;

/// <summary>The API as a whole: what it is made of and in which order a request passes through it.</summary>
internal static class ApiApplication
{
    /// <param name="args">Command line.</param>
    /// <param name="configure">Last word on services and configuration.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(DemoMode.Without(args));
        SettingsCheck.RequireReadable(builder.Configuration);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(ApiAddress.Default);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // The endpoints refuse far less. Up to here a refused body is still read to its end and thrown away: a connection that
            // is cut while the caller writes loses the answer that says why.
            kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
        });

        builder.Logging.AddQuietDefaults();
        if (DemoMode.IsAskedFor(args))
        {
            builder.AddDemo();
        }

        builder.AddEmbeddedOrClusterClient();
        builder.AddObservability();
        builder.AddAdminDashboard();
        builder.Services.AddApi(builder.Configuration);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.CheckSettings();
        app.UseMiddleware<ErrorBoundary>();

        // Large, the same for everybody, and nothing secret in it.
        app.UseWhen(static http => http.Request.Path == "/v1/distributions/catalog", static catalogue => catalogue.UseResponseCompression());
        app.UseHeadAsGet();
        app.UsePreflight();
        app.UsePathAsSent();
        app.UseRouting();
        app.UseDecodedRouteValues();
        app.UseMiddleware<Authentication>();
        app.UseMiddleware<RateLimiting>();
        app.MapApi();
        return app;
    }

    private static void AddApi(this IServiceCollection services, ConfigurationManager configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddResponseCompression(static options => options.EnableForHttps = true);
        services.AddSingleton<ListenAddress>();
        services.AddSingleton<AccessKeys>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<BrowserSessions>();
        services.AddSingleton<SignInCode>();
        services.AddSingleton<UiFiles>();
        services.AddSingleton<ProjectCache>();
        services.AddSingleton<SupposedCustomers>();
        services.AddSingleton<ActivityStreams>();
        services.AddSingleton<IValidateOptions<RateLimitOptions>, RateLimitOptionsValidator>();
        services.AddOptions<RateLimitOptions>().Bind(configuration.GetSection(RateLimitOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ActivityStreamOptions>, ActivityStreamOptionsValidator>();
        services.AddOptions<ActivityStreamOptions>().Bind(configuration.GetSection(ActivityStreamOptions.Section)).ValidateOnStart();
        services.AddApiDescription();
    }

    private static void MapApi(this WebApplication app)
    {
        var v1 = app.MapGroup("/v1").WithMetadata(Surface.Server).ProducesErrors();
        v1.MapCustomers();
        v1.MapSegments();
        v1.MapFilterCatalogue();
        v1.MapEvents();
        v1.MapOrders();
        v1.MapProducts();
        v1.MapCategories();
        v1.MapCampaigns();
        v1.MapCampaignTemplates();
        v1.MapVouchers();
        v1.MapHeldVouchers();
        v1.MapPromotions();
        v1.MapPublications();
        v1.MapLoyalties();
        v1.MapRewards();
        v1.MapProgramRewards();
        v1.MapRewardRedemptions();
        v1.MapReferrals();
        v1.MapValidations();
        v1.MapRedemptions();
        v1.MapTierRedemptions();
        v1.MapQualifications();
        v1.MapValidationRules();
        v1.MapProductCollections();
        v1.MapMetadataSchemas();
        v1.MapAsyncActions();
        v1.MapExports();
        v1.MapOAuth();
        v1.MapConnections();
        v1.MapWebhooks();
        v1.MapSendouts();
        v1.MapSms();
        v1.MapDistributions();
        v1.MapMessageTemplates();
        v1.MapImages();
        v1.MapProjectStream();
        v1.MapSuppressions();
        v1.MapTopics();
        v1.MapProjectKeys();
        v1.MapBranding();
        v1.MapSearch();

        var client = app.MapGroup("/client/v1").WithMetadata(Surface.Client).ProducesErrors();
        client.MapClientEvents();
        client.MapClientCustomers();
        client.MapClientRedemptions();
        client.MapClientPublications();
        client.MapClientQualifications();
        client.MapClientPromotions();

        var management = app.MapGroup("/management/v1").WithMetadata(Surface.Management).ProducesErrors();
        management.MapProjects();
        management.MapManagedKeys();
        management.MapManagedBranding();
        management.MapManagedMetadataSchemas();
        management.MapManagedEventSchemas();
        management.MapStackingRules();
        management.MapManagedWebhooks();
        app.MapUi();
        app.MapUnsubscribe();
        app.MapPreferences();
        app.MapReceipts();
        app.MapVoucherAssets();
        app.MapPublicImages();
        app.MapTracking();
        app.MapHealth();
        app.MapObservability();
        app.MapAdminDashboard();
        app.MapApiDescription();
    }

    private static RouteGroupBuilder ProducesErrors(this RouteGroupBuilder group)
    {
        foreach (var status in (ReadOnlySpan<int>)[400, 401, 403, 404, 409, 413, 415, 429, 503])
        {
            group.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ErrorBody), [MediaTypeNames.Application.Json]));
        }

        return group;
    }
}
