namespace Marketing.Bench.Yardsticks;

/// <summary>A comparison right before and right after what it is compared with, because machines drift.</summary>
internal static class Sandwich
{
    extension(IYardstick yardstick)
    {
        /// <summary>Operations per second, the mean of before and after.</summary>
        public Task<double> AroundAsync(Func<Task> measure) => yardstick.AroundAsync(1, measure);

        /// <summary>Operations per second, the mean of before, between and after so many rounds.</summary>
        public async Task<double> AroundAsync(int rounds, Func<Task> measure)
        {
            var sum = await yardstick.MeasureAsync();
            for (var round = 0; round < rounds; round++)
            {
                await measure();
                sum += await yardstick.MeasureAsync();
            }

            return sum / (rounds + 1);
        }
    }
}
