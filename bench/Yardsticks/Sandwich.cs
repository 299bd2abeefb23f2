namespace Marketing.Bench.Yardsticks;

/// <summary>A comparison right before and right after what it is compared with, because machines drift.</summary>
internal static class Sandwich
{
    extension(IYardstick yardstick)
    {
        /// <summary>Operations per second, the mean of before and after.</summary>
        public async Task<double> AroundAsync(Func<Task> measure)
        {
            var before = await yardstick.MeasureAsync();
            await measure();
            return (before + await yardstick.MeasureAsync()) / 2;
        }
    }
}
