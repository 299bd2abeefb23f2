namespace Marketing.Bench.Yardsticks;

/// <summary>What a figure is compared with: something well known that does the least that can be done, on the same machine in the same minutes.</summary>
internal interface IYardstick
{
    string Name { get; }

    /// <summary>Operations per second.</summary>
    Task<double> MeasureAsync();
}
