using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketing.AsyncActions;

public sealed class ImportLineTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ImportLine _line;

    public ImportLineTests() => _line = new ImportLine(_clock);

    [Fact]
    public async Task A_few_work_and_the_others_wait()
    {
        var working = await FullAsync(project: 1);
        var waiting = EnterAsync(1);
        Assert.False(waiting.IsCompleted);

        working[0].Dispose();
        Assert.Equal(1, (await waiting).Project);
    }

    [Fact]
    public async Task Projects_take_turns_however_many_files_one_of_them_has()
    {
        var working = await FullAsync(project: 1);
        var large = Enumerable.Range(0, 10).Select(_ => EnterAsync(1)).ToArray();
        var small = EnterAsync(2);

        working[0].Dispose();
        working[1].Dispose();
        await large[0];
        await small;
        Assert.False(large[1].IsCompleted);
    }

    [Fact]
    public async Task A_job_makes_room_after_a_while_if_another_project_waits_and_goes_on_before_its_own_projects_others()
    {
        var working = (await FullAsync(project: 1))[0];
        var own = EnterAsync(1);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_line.IsOver(working));

        var others = EnterAsync(2);
        Assert.True(_line.IsOver(working));
        var again = _line.EnterAsync(1, goesOn: true, CancellationToken.None);
        working.Dispose();
        (await again).Dispose();
        (await others).Dispose();
        await own;
    }

    [Fact]
    public async Task Who_left_the_line_is_passed_over_and_a_place_is_given_back_once()
    {
        var working = await FullAsync(project: 1);
        using var leaves = new CancellationTokenSource();
        var left = _line.EnterAsync(1, goesOn: false, leaves.Token);
        var first = EnterAsync(1);
        var second = EnterAsync(1);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);

        working[0].Dispose();
        working[0].Dispose();
        await first;
        Assert.False(second.IsCompleted);
    }

    private Task<ImportPlace> EnterAsync(int project) => _line.EnterAsync(project, goesOn: false, CancellationToken.None);

    private async Task<ImportPlace[]> FullAsync(int project) =>
        await Task.WhenAll(Enumerable.Range(0, ImportLine.Places).Select(_ => EnterAsync(project)));
}
