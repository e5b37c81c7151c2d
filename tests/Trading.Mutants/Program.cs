using System.Globalization;
using Trading.Mutants;

// Arguments: the repository, a directory to work in, how many mutations of each area, the seed, the areas (all without).
var (repository, directory) = (args[0], args[1]);
var (each, seed) = (int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture));
var areas = Area.All.Where(area => args.Length is 4 || args.AsSpan(4).Contains(area.Name)).ToList();
if (areas.Count < args.Length - 4) throw new ArgumentException($"Areas are {string.Join(", ", Area.All.Select(area => area.Name))}.");

var tree = new MutatedTree(repository, Path.Combine(directory, "tree"));
tree.Copy();
var found = tree.Find(areas);
var random = new Random(seed);
var drawn = areas.SelectMany(area =>
{
    var all = found.Where(mutation => mutation.Area == area).ToArray();
    random.Shuffle(all);
    Console.WriteLine($"{area.Name}: {all.Length} mutations");
    return all.Take(each * 3 / 2);   // some do not compile
}).ToList();
var built = tree.Build(drawn);
var chosen = areas.SelectMany(area => built.Where(one => one.Value.Area == area).OrderBy(one => one.Key).Take(each)).ToList();

var runs = new TestRuns(tree.Tests, directory);
var testClasses = await runs.Classes();
foreach (var area in areas) area.Demand(testClasses);
var passed = new List<TestRuns.Passed>();
foreach (var testClass in testClasses.Where(name => areas.Any(area => area.Covers(name))))
{
    if (await runs.Pass(testClass) is { } pass) passed.Add(pass);
    else Console.WriteLine($"left out, for it fails without a mutation: {testClass}");
}

Console.WriteLine($"{passed.Count} classes of tests in {passed.Sum(one => one.Took.TotalSeconds):F0} s");
var (missed, unended) = (new List<Mutation>(), 0);
foreach (var (number, mutation) in chosen)
{
    var classes = passed.Where(one => mutation.Area.Covers(one.Class) && one.Mutants.Contains(number)).OrderBy(one => one.Took).ToList();
    var outcome = TestRuns.Outcome.Missed;
    // The quick classes together, then each of the slow ones.
    var quick = classes.Where(one => one.Took < TimeSpan.FromSeconds(15)).ToList();
    foreach (var some in classes.Except(quick).Select(slow => (IReadOnlyList<TestRuns.Passed>)[slow]).Prepend(quick).Where(some => some.Count > 0))
    {
        outcome = await runs.Try(number, some);
        if (outcome is not TestRuns.Outcome.Missed) break;
    }

    if (outcome is TestRuns.Outcome.Unended) unended++;
    if (outcome is not TestRuns.Outcome.Missed) continue;
    missed.Add(mutation);
    Console.WriteLine($"missed ({(classes.Count is 0 ? "no test comes here" : $"{classes.Count} classes come here")}): {mutation}");
}

foreach (var area in areas)
{
    var (count, unseen) = (chosen.Count(one => one.Value.Area == area), missed.Count(mutation => mutation.Area == area));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{area.Name}: {count - unseen} of {count} mutations noticed, {100.0 * (count - unseen) / Math.Max(1, count):F0} %"));
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {chosen.Count - missed.Count} of {chosen.Count} mutations noticed, {100.0 * (chosen.Count - missed.Count) / Math.Max(1, chosen.Count):F1} %; {unended} of them by tests that did not end"));
