using Trading.Ops;

return await Verbs.Run(args);

/// <summary>The entry point, named for the tests' host.</summary>
public partial class Program;
