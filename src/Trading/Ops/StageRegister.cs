using JasperFx.Events.Projections;
using Marten;
using Trading.Kernel;
using Trading.Stages.Announcing;
using Trading.Stages.Awarding;
using Trading.Stages.Changing;
using Trading.Stages.Contracting;
using Trading.Stages.Ending;
using Trading.Stages.Evaluating;
using Trading.Stages.Opening;
using Trading.Stages.Performing;
using Trading.Stages.Planning;
using Trading.Stages.Qualifying;
using Trading.Store;
using Trading.Supervision.Alerts;
using Trading.Supervision.Disclosing;
using Trading.Supervision.Erasure;
using Trading.Supervision.Mending;
using Trading.Supervision.Objections;

namespace Trading.Ops;

/// <summary>The states that are folded from a stream when something is decided of it.</summary>
public static class StageRegister
{
    public static void AddStages(this StoreOptions options)
    {
        Add<PlanState>();
        Add<AnnouncementState>();
        Add<ChangeState>();
        Add<QualificationState>();
        Add<BidOpeningState>();
        Add<EvaluationState>();
        Add<AwardState>();
        Add<ContractState>();
        Add<PerformanceState>();
        Add<EndingState>();
        Add<ObjectionState>();
        Add<DisclosingState>();
        Add<ErasureState>();
        Add<DefectState>();
        Add<AlertState>();

        void Add<TState>() where TState : class, IFolded<TState> =>
            options.Projections.Add(new LiveFold<TState>(), ProjectionLifecycle.Live);
    }
}
