-- The table of the job scheduler (db-scheduler 16): what is to run, when, and which server runs it. What a run is asked and what came of it stands
-- in a Task in the intake store.

create table scheduled_tasks (
  task_name            ${text} not null,
  task_instance        ${text} not null,
  task_data            bytea,
  execution_time       timestamp with time zone not null,
  picked               boolean not null,
  picked_by            ${text},
  last_success         timestamp with time zone,
  last_failure         timestamp with time zone,
  consecutive_failures int,
  last_heartbeat       timestamp with time zone,
  version              bigint not null,
  priority             smallint,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_by_time on scheduled_tasks (execution_time);
create index scheduled_tasks_by_heartbeat on scheduled_tasks (last_heartbeat);
