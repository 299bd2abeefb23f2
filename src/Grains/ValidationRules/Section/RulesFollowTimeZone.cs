using Marketing.Catalogue;
using Marketing.Projects;

namespace Marketing.ValidationRules;

/// <summary>Days of rules begin when those of the project do: with another time zone they are compiled anew on every silo.</summary>
internal sealed class RulesFollowTimeZone(Catalogues catalogues) : ITimeZoneFollower
{
    public Task FollowAsync(int project) => catalogues.ChangedAsync(project);
}
