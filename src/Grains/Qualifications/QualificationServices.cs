using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Qualifications;

internal static class QualificationServices
{
    public static IServiceCollection AddQualifications(this IServiceCollection services) => services.AddSingleton<CandidateReader>();
}
