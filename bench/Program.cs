using Marketing.Bench;
using Marketing.Bench.Deployments;

if (args is [WebhookReceiver.Command])
{
    await WebhookReceiver.RunAsync();
}

var options = BenchOptions.Parse(args);
if (options is null)
{
    Console.WriteLine(BenchOptions.Usage);
    return 1;
}

foreach (var scenario in options.Scenarios)
{
    try
    {
        await scenario.MeasureAsync(options);
    }
    catch (ViolationException violation)
    {
        Console.WriteLine(violation.Message);
        return 1;
    }
}

return 0;
