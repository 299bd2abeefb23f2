using Marketing.Bench;

var options = BenchOptions.Parse(args);
if (options is null)
{
    Console.WriteLine(BenchOptions.Usage);
    return 1;
}

foreach (var scenario in options.Scenarios)
{
    Console.WriteLine($"== {scenario.Name}: {scenario.What}");
    var figures = await scenario.RunAsync(options);
    foreach (var figure in figures)
    {
        Console.WriteLine(figure.ToText());
    }

    Console.WriteLine(Figure.ToJson(scenario.Name, figures));
}

return 0;
