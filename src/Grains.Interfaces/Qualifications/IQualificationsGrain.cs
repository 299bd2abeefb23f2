namespace Marketing.Qualifications;

/// <summary>Says what a customer could redeem for a cart. Keyed by project number; any number of activations.</summary>
[Alias("qualifications"), GrainInterfaceType("qualifications")]
public interface IQualificationsGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Decides each voucher, promotion tier, campaign or stack that is in question by itself, as a validation of it alone would, and answers those that apply. Writes nothing, so repeating it changes
    /// nothing; what it answers is reserved for nobody.
    /// </summary>
    [Alias("qualify")]
    Task<QualificationResult> QualifyAsync(QualificationQuery query, CommandContext context);
}

/// <summary>How the grain of qualifications is addressed.</summary>
public static class QualificationAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The qualifications of a project.</summary>
        public IQualificationsGrain Qualifications(int project) => grains.At<IQualificationsGrain>(GrainAddresses.Key(project));
    }
}
