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
    IReadOnlyList<Figure> figures;
    try
    {
        figures = await scenario.RunAsync(options);
    }
    catch (ViolationException violation)
    {
        Console.WriteLine(violation.Message);
        return 1;
    }

    foreach (var figure in figures)
    {
        Console.WriteLine(figure.ToText());
    }

    Console.WriteLine(Figure.ToJson(scenario.Name, figures));
}

return 0;
