namespace Marketing.Tracking;

/// <summary>What readers do with tracked mail. Keyed by project number, stateless.</summary>
[Alias("tracking"), GrainInterfaceType("tracking")]
public interface ITrackingGrain : IGrainWithIntegerKey
{
    /// <summary>Notes that the picture of a message was loaded. False where the token is not one of the project's. Each call is one more.</summary>
    [Alias("open")]
    Task<bool> OpenAsync(string token, MailVisit visit);

    /// <summary>Notes that a link of a message was followed, and answers where it leads; null where the token is not one of the project's. Each call is one more.</summary>
    [Alias("follow")]
    Task<string?> FollowAsync(string token, MailVisit visit);
}

/// <summary>Who came, as far as the request says.</summary>
/// <param name="UserAgent">The program.</param>
/// <param name="Purpose">What it says it comes for, as browsers do that load before somebody asks.</param>
/// <param name="IsHead">Whether it only asked for the headers.</param>
[GenerateSerializer, Immutable, Alias("mail-visit")]
public sealed record MailVisit([property: Id(0)] string? UserAgent, [property: Id(1)] string? Purpose, [property: Id(2)] bool IsHead);

/// <summary>How the grain of tracked mail is addressed.</summary>
public static class TrackingAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The tracked mail of a project.</summary>
        public ITrackingGrain Tracking(int project) => grains.At<ITrackingGrain>(GrainAddresses.Key(project));
    }
}
