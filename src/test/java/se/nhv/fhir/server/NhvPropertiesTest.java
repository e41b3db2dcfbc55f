package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import se.nhv.fhir.server.settings.NhvProperties;
import se.nhv.fhir.server.settings.StoreProperties;

class NhvPropertiesTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @EnableConfigurationProperties(NhvProperties.class)
  static class Settings {

    @Bean
    static NhvPropertiesValidator configurationPropertiesValidator() {
      return new NhvPropertiesValidator();
    }
  }

  @Test
  void withoutSettingsNobodyPassesAndTheStoreIsAFile() {
    runner.run(
        context -> {
          NhvProperties properties = context.getBean(NhvProperties.class);
          assertThat(properties.store().url()).isEqualTo("jdbc:h2:file:./data/nhv");
          assertThat(properties.store().user()).isEqualTo("nhv");
          assertThat(properties.store().password()).isEmpty();
          assertThat(properties.access().tokens()).isEmpty();
          assertThat(properties.access().publicReports()).isFalse();
        });
  }

  @Test
  void everySettingMayComeFromTheEnvironment() {
    Map<String, Object> environment =
        Map.of(
            "NHV_STORE_URL", "jdbc:postgresql://db/nhv",
            "NHV_STORE_USER", "n",
            "NHV_STORE_PASSWORD", "secret-of-the-store",
            "NHV_ACCESS_PUBLICREPORTS", "true",
            "NHV_ACCESS_TOKENS_0_TOKEN", "a-token-of-20-letters",
            "NHV_ACCESS_TOKENS_0_ROLE", "unit",
            "NHV_ACCESS_TOKENS_0_UNIT", "SE2321000016-A001",
            "NHV_ACCESS_TOKENS_1_SHA256", "A".repeat(64),
            "NHV_ACCESS_TOKENS_1_ROLE", "authority");
    runner
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(
                        new SystemEnvironmentPropertySource(
                            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                            environment)))
        .run(
            context -> {
              NhvProperties properties = context.getBean(NhvProperties.class);
              assertThat(properties.store())
                  .isEqualTo(
                      new StoreProperties("jdbc:postgresql://db/nhv", "n", "secret-of-the-store"));
              assertThat(properties.access().publicReports()).isTrue();
              assertThat(properties.access().tokens()).hasSize(2);
              assertThat(properties.access().tokens().get(0).hash())
                  .isEqualTo(DigestUtils.sha256Hex("a-token-of-20-letters"));
              assertThat(properties.access().tokens().get(1).hash()).isEqualTo("a".repeat(64));
              assertThat(properties.toString()).doesNotContain("secret").doesNotContain("a-token");
            });
  }

  @Test
  void everyFaultIsListedAtOnce() {
    runner
        .withPropertyValues(
            "nhv.store.url=jdbc:mysql://db/nhv",
            "nhv.access.tokens[0].role=doctor",
            "nhv.access.tokens[0].token=short",
            "nhv.access.tokens[1].role=unit",
            "nhv.access.tokens[1].sha256=xyz",
            "nhv.access.tokens[2].role=authority",
            "nhv.access.tokens[2].unit=SE1",
            "nhv.access.tokens[2].token=a-token-of-20-letters",
            "nhv.access.tokens[3].role=authority",
            "nhv.access.tokens[3].token=a-token-of-20-letters",
            "nhv.access.tokens[4].role=staff",
            "nhv.access.tokens[4].unit=SE1",
            "nhv.access.tokens[4].token=another-token-of-27-letters",
            "nhv.access.tokens[5].role=unit",
            "nhv.access.tokens[5].unit=SE1",
            "nhv.access.tokens[5].person=no person",
            "nhv.access.tokens[5].token=a-third-token-of-27-letters")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .isInstanceOfSatisfying(
                        BindValidationException.class,
                        failure ->
                            assertThat(failure.getValidationErrors().getAllErrors())
                                .extracting(error -> String.valueOf(error.getDefaultMessage()))
                                .anyMatch(it -> it.contains("jdbc:h2"))
                                .anyMatch(it -> it.contains("unit, staff, authority"))
                                .anyMatch(it -> it.contains("16 or more"))
                                .anyMatch(it -> it.contains("64 hexadecimal"))
                                .anyMatch(it -> it.contains("name a unit"))
                                .anyMatch(it -> it.contains("tokens[4] must hold person and name"))
                                .anyMatch(it -> it.contains("tokens[5] must hold person and name"))
                                .anyMatch(it -> it.contains("tokens[5].person must be"))
                                .anyMatch(it -> it.contains("same token twice"))));
  }

  @Test
  void aSettingThatDoesNotExistIsAFault() {
    runner
        .withPropertyValues("nhv.acess.tokens[0].role=unit")
        .run(context -> assertThat(context).hasFailed());
  }
}
