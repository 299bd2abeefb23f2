// A program of one's own in the cluster: it makes a distribution, records an event that starts it, and follows the message until it is out.
// Everything goes through grain interfaces; nothing here knows a table or an URL.
//
//   export ConnectionStrings__Postgres='Host=127.0.0.1;Username=distributions;Password=secret;Database=distributions'
//   dotnet run --project samples/Client -- ada@example.com
using Marketing;
using Marketing.Branding;
using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Clients;
using Marketing.Customers;
using Marketing.Distributions;
using Marketing.Events;
using Marketing.Projects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

if (args is not [var address])
{
    Console.Error.WriteLine("Whom shall it write to? dotnet run --project samples/Client -- ada@example.com");
    return 1;
}

var builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
if (builder.Configuration.GetConnectionString("Postgres") is not { } connectionString)
{
    Console.Error.WriteLine("ConnectionStrings__Postgres is not set; it names the database the cluster is found by.");
    return 1;
}

builder.UseOrleansClient(client => client
    .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (DistributionsCluster.Id, DistributionsCluster.Id))
    .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", connectionString))
    .AddRepeatingCalls());
using var host = builder.Build();
await host.StartAsync();
var grains = host.Services.GetRequiredService<IGrainFactory>();

if ((await grains.ProjectDirectory.ListAsync()) is not [{ Number: var project }, ..])
{
    Console.Error.WriteLine("The cluster has no project yet; the first one is made when src/Api starts.");
    return 1;
}

// The id says what it is for, so running this again finds what is there instead of making another one.
var distribution = grains.Distribution(project, "distr_sampleclient");
var draft = new DistributionDraft
{
    Name = "Sample client",
    Type = "automatic",
    Trigger = new TriggerDefinition { Type = TriggerCatalogue.CustomEvent, CustomEvent = "sample_visited" },
    Action = new ActionDefinition { Type = "plain_message" },
    Channels = [new ChannelDefinition { Type = "email", Template = new ChannelTemplate { Subject = "Thank you for visiting", Html = "<p>Come again.</p>" } }],
};
// Every mail says who writes. What is there already stays.
if (await grains.Branding(project).FindAsync() is null)
{
    await grains.Branding(project).SaveAsync(new BrandDetails
    {
        Id = ObjectIds.New("brd_"),
        Name = "Sample Shop",
        Street = "1 Market Street",
        City = "Katowice",
        Country = "Poland",
        Email = "hello@shop.example",
    });
}

if (await distribution.FindAsync() is null)
{
    await distribution.CreateAsync(draft, Context());
}

switch (await distribution.ActivateAsync())
{
    case DistributionResult.Invalid invalid:
        foreach (var problem in invalid.Problems)
        {
            Console.Error.WriteLine($"{problem.Field} {problem.Message}");
        }

        return 1;
    case DistributionResult.Refused refused:
        Console.Error.WriteLine(refused.Message);
        return 1;
}

var before = (await distribution.FindAsync())!.Counts;
var id = await grains.CustomerQueries(project).ResolveAsync(null, address);
var visited = new CustomEventCommand
{
    Name = "sample_visited",
    Customer = new CustomerPatch { Present = CustomerFields.Email, SourceId = address, Email = address },
};
if (await grains.Customer(project, id).RecordAsync(new CustomEventsHappened([visited]), Context()) is not CustomerAnswer.Recorded recorded)
{
    Console.Error.WriteLine("The event was refused.");
    return 1;
}

Console.WriteLine($"Recorded {recorded.EventIds[0]} of {id}: it is on disk, and so is the message it started.");

using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
while ((await distribution.FindAsync())!.Counts is var now && now.Sent + now.Failed + now.Skipped == before.Sent + before.Failed + before.Skipped)
{
    await Task.Delay(100, patience.Token);
}

// Numbers are given out in blocks, so the highest is not the newest.
var messages = await grains.DistributionQueries(project).MessagesAsync("distr_sampleclient", new MessageListQuery { CustomerId = id, Limit = 100 });
var message = messages!.Items.MaxBy(message => message.CreatedAt)!;
Console.WriteLine($"Message {message.Id}: {message.Status}{(message.Reason is { } reason ? $", {reason}" : "")}");
await host.StopAsync();
return 0;

static CommandContext Context() => new() { RequestId = RequestIds.New() };
