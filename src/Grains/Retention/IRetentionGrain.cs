namespace Marketing.Retention;

/// <summary>Deletes what is older than <see cref="RetentionOptions"/> say. Keyed by 0: there is one, so one batch at a time is deleted.</summary>
[Alias("retention"), GrainInterfaceType("retention")]
internal interface IRetentionGrain : IGrainWithIntegerKey
{
    /// <summary>Goes on where it was, for some seconds; when nothing was left, not before an hour has passed. Repeating it changes nothing.</summary>
    [Alias("run")]
    Task RunAsync();
}
