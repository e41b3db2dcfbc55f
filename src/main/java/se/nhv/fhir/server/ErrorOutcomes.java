package se.nhv.fhir.server;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import se.nhv.fhir.server.door.Outcomes;

/** Answers for every path that no door has, and for what fails outside the doors. */
@RestController
class ErrorOutcomes implements ErrorController {

  @RequestMapping("/error")
  ResponseEntity<String> error(HttpServletRequest request) {
    Integer given = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int status = given == null ? HttpStatus.NOT_FOUND.value() : given;
    return ResponseEntity.status(status)
        .contentType(MediaType.valueOf(Outcomes.FHIR_JSON))
        .body(Outcomes.json(Outcomes.error(Outcomes.issueType(status), text(status))));
  }

  private static String text(int status) {
    if (status == 404) {
      return "Nothing is at this path: the doors are /intake and /fhir, health is /actuator/health.";
    }
    if (status >= 500) {
      return "The server failed; the reason is in its log.";
    }
    HttpStatus known = HttpStatus.resolve(status);
    return "The request was refused: " + (known == null ? status : known.getReasonPhrase()) + ".";
  }
}
