namespace Marketing.Projects;

/// <summary>What has to follow a change of a project's time zone. Called again until it has not thrown.</summary>
internal interface ITimeZoneFollower
{
    /// <summary>The project is in another time zone now. Repeating it changes nothing.</summary>
    Task FollowAsync(int project);
}
