using HousingBank.Support;

[assembly: AssemblyFixture(typeof(TestServer))]
