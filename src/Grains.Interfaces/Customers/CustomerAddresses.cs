namespace Marketing.Customers;

/// <summary>How the grains of the feature are addressed.</summary>
public static class CustomerAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>One customer.</summary>
        public ICustomerGrain Customer(int project, string customerId) => grains.At<ICustomerGrain>(GrainAddresses.Key(project, customerId));

        /// <summary>Reads over all customers of a project.</summary>
        public ICustomerQueriesGrain CustomerQueries(int project) => grains.At<ICustomerQueriesGrain>(GrainAddresses.Key(project));

        /// <summary>Tries imports of a project out.</summary>
        public IImportTrialGrain ImportTrial(int project) => grains.At<IImportTrialGrain>(GrainAddresses.Key(project));
    }
}
